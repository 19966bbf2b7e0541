//! Paths as they are written in records: relative, with `/` between the parts.

use camino::{Utf8Path, Utf8PathBuf};

/// A path as it is written in a file of `folder`; nothing if it leads out of the workspace.
pub(super) fn join(folder: &Utf8Path, written: &str) -> Option<Utf8PathBuf> {
    let mut parts: Vec<&str> = match written.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => parts(folder).collect(),
    };
    for part in written.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/").into())
}

/// How a file of `folder` writes the path `to`.
pub(super) fn relative(folder: &Utf8Path, to: &Utf8Path) -> String {
    let from: Vec<&str> = parts(folder).collect();
    let to: Vec<&str> = parts(to).collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - common);
    up.chain(to[common..].iter().copied())
        .collect::<Vec<_>>()
        .join("/")
}

fn parts(path: &Utf8Path) -> impl Iterator<Item = &str> {
    path.as_str().split('/').filter(|part| !part.is_empty())
}

/// `%20` and its like as the characters they stand for.
pub(super) fn decoded(written: &str) -> String {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, behind)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let code = behind
            .get(..2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(b'%');
                rest = behind;
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).unwrap_or_else(|_| written.to_owned())
}

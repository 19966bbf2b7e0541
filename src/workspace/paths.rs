//! Ways between paths, as they are written into manifests and shown.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

/// The path without `.` and `..`. A `..` behind a symlink leads to where the operating system would go.
pub(crate) fn normalized(path: &Utf8Path) -> Utf8PathBuf {
    let mut normal = Utf8PathBuf::new();
    for component in path.components() {
        match component {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                if normal.is_symlink()
                    && let Ok(real) = normal.canonicalize_utf8()
                {
                    normal = real;
                }
                if normal.file_name().is_some_and(|name| name != "..") {
                    normal.pop();
                } else if !normal.has_root() {
                    normal.push("..");
                }
            }
            part => normal.push(part),
        }
    }
    normal
}

/// The way from one folder to a path, both absolute and without `..`.
pub(crate) fn relative(from: &Utf8Path, to: &Utf8Path) -> Utf8PathBuf {
    let from: Vec<_> = from.components().collect();
    let to: Vec<_> = to.components().collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n(Utf8Component::ParentDir, from.len() - common);
    let path: Utf8PathBuf = up.chain(to[common..].iter().copied()).collect();
    match path.as_str() {
        "" => Utf8PathBuf::from("."),
        _ => path,
    }
}

/// The path with `/` between its parts on every platform.
pub(crate) fn with_slashes(path: &Utf8Path) -> String {
    match std::path::MAIN_SEPARATOR {
        '/' => path.as_str().to_owned(),
        separator => path.as_str().replace(separator, "/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_relative(from: &str, to: &str, expected: &str) {
        assert_eq!(relative(from.into(), to.into()), expected);
    }

    #[test]
    fn finds_the_way_from_one_path_to_another() {
        check_relative("/a", "/a/b/c", "b/c");
        check_relative("/a/b", "/a/Cargo.toml", "../Cargo.toml");
        check_relative("/a/b", "/c", "../../c");
        check_relative("/a", "/a", ".");
    }
}

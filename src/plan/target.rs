//! The place of a new tree: what is there, and paths to and from it.

use std::fs;
use std::io;
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};

use super::leftover;
use crate::error::{Error, Result};
use crate::workspace::paths::normalized;

/// What is in the place of a new tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing.
    Absent,
    /// An empty folder.
    Empty,
    /// The whole tree, put there by a run that was killed before it had finished.
    Complete,
    /// Files of somebody, beside which others are put.
    Inhabited,
}

/// The absolute path that a person means by `path` when standing in `current_dir`.
///
/// # Errors
/// The path is empty or not Unicode.
pub fn resolve(path: &Path, current_dir: &Utf8Path) -> Result<Utf8PathBuf> {
    let utf8 = Utf8Path::from_path(path).ok_or_else(|| {
        Error::usage(format!(
            "the path `{}` is not valid Unicode",
            path.display()
        ))
        .hint("choose a path of Unicode characters: it becomes part of Cargo.toml files")
    })?;
    if utf8.as_str().is_empty() {
        return Err(Error::usage("the path is empty").hint("pass the folder to create"));
    }
    Ok(normalized(&current_dir.join(utf8)))
}

/// Looks at the target without following a symlink in it.
///
/// # Errors
/// Something other than an empty folder is there, or something other than a folder is on the way.
pub(super) fn examine(target: &Utf8Path) -> Result<State> {
    let metadata = match fs::symlink_metadata(target) {
        Ok(metadata) => metadata,
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            check_way(target)?;
            return Ok(State::Absent);
        }
        Err(error) => return Err(Error::io("look at", target, error)),
    };
    if metadata.is_symlink() {
        let error = Error::conflict(format!("`{target}` is a symlink"));
        return Err(match target.canonicalize_utf8() {
            Ok(real) => error.hint(format!(
                "use the path it leads to, `{real}`, or another one"
            )),
            Err(_) => error.hint("it leads nowhere: remove it, or choose another path"),
        });
    }
    if !metadata.is_dir() {
        return Err(Error::conflict(format!("`{target}` is a file")).hint("choose another path"));
    }
    target
        .read_dir_utf8()
        .map_err(|error| Error::io("read the folder", target, error))?;
    if leftover::is_only_leftovers(target) {
        return Ok(State::Empty);
    }
    if leftover::was_placed(target) {
        return Ok(State::Complete);
    }
    Err(occupied(target))
}

fn occupied(target: &Utf8Path) -> Error {
    let error = Error::conflict(format!("the folder `{target}` is not empty"));
    if let Some(inside) = leftover::inside(target) {
        return error.hint(format!(
            "an earlier run was killed while it filled this folder; the rest is in `{inside}`: empty the folder and run again"
        ));
    }
    let answers = target.join("kickoff.toml");
    if answers.exists() {
        let answers = match answers.as_str().contains(char::is_whitespace) {
            true => format!("\"{answers}\""),
            false => answers.to_string(),
        };
        return error.hint(format!(
            "it holds answers: generate from them beside it with `cargo kickoff new OTHER-PATH --answers {answers}`"
        ));
    }
    if target.join("Cargo.toml").exists() {
        return error.hint(
            "it holds a package, and code that exists is never overwritten: choose another path",
        );
    }
    error.hint("choose another path")
}

/// The nearest thing on the way to the target that exists must be a folder, or a symlink to one.
fn check_way(target: &Utf8Path) -> Result<()> {
    for folder in target.ancestors().skip(1) {
        let Ok(metadata) = fs::symlink_metadata(folder) else {
            continue;
        };
        if metadata.is_symlink() && !folder.exists() {
            return Err(Error::conflict(format!(
                "cannot create `{target}`: `{folder}` is a symlink that leads nowhere"
            ))
            .hint("correct or remove it, or choose another path"));
        }
        if !folder.is_dir() {
            return Err(
                Error::conflict(format!("cannot create `{target}`: `{folder}` is a file"))
                    .hint("choose another path"),
            );
        }
        return Ok(());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_resolved(path: &str, expected: &str) {
        let resolved = resolve(Path::new(path), Utf8Path::new("/nowhere/here")).unwrap();
        assert_eq!(resolved, expected);
    }

    #[test]
    fn resolves_what_a_person_types() {
        check_resolved("orders", "/nowhere/here/orders");
        check_resolved("./orders/", "/nowhere/here/orders");
        check_resolved("../orders", "/nowhere/orders");
        check_resolved("../../../x", "/x");
        check_resolved(".", "/nowhere/here");
        check_resolved("/x", "/x");
        assert!(resolve(Path::new(""), Utf8Path::new("/")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn refuses_a_path_that_is_not_unicode() {
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(std::ffi::OsStr::from_bytes(b"ord\xffers"));
        let error = resolve(path, Utf8Path::new("/")).expect_err("not Unicode");
        assert!(error.message.contains("not valid Unicode"), "{error}");
    }
}

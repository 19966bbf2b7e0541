//! A team's own layers, read from a folder.

use camino::Utf8Path;

use crate::cli::read_file;
use crate::error::{Error, Result};
use crate::skeleton::OwnSkeleton;

/// Reads a team's own layers.
pub(in crate::cli) fn read_own_skeleton(dir: &Utf8Path) -> Result<OwnSkeleton> {
    let mut own = OwnSkeleton::default();
    collect(dir, dir, &mut own)?;
    own.files.sort();
    if own.files.is_empty() {
        return Err(Error::usage(format!("`{dir}` holds no skeleton files")));
    }
    Ok(own)
}

fn collect(root: &Utf8Path, dir: &Utf8Path, own: &mut OwnSkeleton) -> Result<()> {
    let entries = dir
        .read_dir_utf8()
        .map_err(|error| Error::io("read", dir, error))?;
    for entry in entries {
        let entry = entry.map_err(|error| Error::io("read", dir, error))?;
        let kind = entry
            .file_type()
            .map_err(|error| Error::io("read", entry.path(), error))?;
        if kind.is_symlink() {
            return Err(Error::usage(format!(
                "`{}` is a symbolic link; a skeleton holds files and folders",
                entry.path()
            )));
        }
        if kind.is_dir() {
            collect(root, entry.path(), own)?;
        } else {
            let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let path: Vec<_> = path.components().map(|part| part.as_str()).collect();
            own.files.push((path.join("/"), read_file(entry.path())?));
        }
    }
    Ok(())
}

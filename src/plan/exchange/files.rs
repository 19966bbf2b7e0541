//! The single steps on the disk.

use std::fs;
use std::io::{self, Write as _};

use camino::{Utf8Path, Utf8PathBuf};

use crate::error::{Error, Result};

pub(super) fn old_path(folder: &Utf8Path, number: usize) -> Utf8PathBuf {
    folder.join("old").join(number.to_string())
}

pub(super) fn new_path(folder: &Utf8Path, number: usize) -> Utf8PathBuf {
    folder.join("new").join(number.to_string())
}

pub(super) fn read(path: &Utf8Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| Error::io("read", path, error))
}

/// Writes a file with the permissions of another, and forces it to the disk.
pub(super) fn write(path: &Utf8Path, bytes: &[u8], original: Option<&Utf8Path>) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    match original {
        Some(original) => fs::set_permissions(path, original.metadata()?.permissions()),
        None => Ok(()),
    }
}

pub(super) fn remove_if_there(folder: &Utf8Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Folders in which the removed file was the last one. Only empty folders can be removed so.
pub(super) fn remove_empty_folders(root: &Utf8Path, path: &Utf8Path) {
    let folders = path.ancestors().skip(1);
    for folder in folders.filter(|folder| !folder.as_str().is_empty()) {
        if fs::remove_dir(root.join(folder)).is_err() {
            return;
        }
    }
}

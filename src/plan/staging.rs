//! The folder beside the target in which everything is made ready.

use std::fs;
use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};

use super::leftover::{self, Marker, TREE};
use super::place::{Place, Progress, rename};
use super::{Edit, Plan};
use crate::error::{Error, Result};

/// A staging folder, and how far the run has got.
pub(super) struct Staging<'a> {
    folder: Utf8PathBuf,
    place: Place,
    /// What is there to be restored where the target was an empty folder.
    empty_target: Option<fs::Permissions>,
    progress: Progress,
    committed: Vec<&'a Edit>,
}

impl<'a> Staging<'a> {
    /// Makes the folder. Nothing is left where it fails.
    pub(super) fn create(target: &Utf8Path, place: Place) -> Result<Staging<'a>> {
        let prefix = format!("{}{}-", leftover::name_prefix(target), std::process::id());
        let parent = place.staging_parent.clone();
        let folder = tempfile::Builder::new()
            .prefix(&prefix)
            .rand_bytes(6)
            .tempdir_in(&parent)
            .map_err(|error| {
                Error::io("create a folder in", &parent, error)
                    .hint("choose a path in a folder that you can write to")
            })?
            .keep();
        let folder = Utf8PathBuf::from_path_buf(folder)
            .map_err(|path| Error::failed(format!("`{}` is not valid Unicode", path.display())))?;
        Ok(Staging {
            folder,
            empty_target: target
                .metadata()
                .ok()
                .map(|metadata| metadata.permissions()),
            place,
            progress: Progress::Staged,
            committed: Vec::new(),
        })
    }

    /// Says whose folder it is.
    pub(super) fn mark(&self, plan: &Plan) -> Result<()> {
        let tree = plan.files.iter().take(plan.files.len() - plan.edits.len());
        let files = tree.map(|file| file.path.clone()).collect();
        let marker = Marker::new(&plan.target, files);
        let written = marker.write(&self.folder);
        written.map_err(|error| Error::io("write to", &self.folder, error))
    }

    /// Where the target's files are, before they are in place.
    pub(super) fn tree(&self) -> Utf8PathBuf {
        match self.place.below.as_str() {
            "" => self.folder.join(TREE),
            below => self.folder.join(TREE).join(below),
        }
    }

    /// Whether the target holds this folder while it is being filled.
    pub(super) fn is_inside(&self, target: &Utf8Path) -> bool {
        self.folder.starts_with(target)
    }

    /// Makes the empty tree.
    pub(super) fn create_tree(&self) -> Result<()> {
        let tree = self.tree();
        let created = fs::create_dir_all(&tree).and_then(|()| match &self.empty_target {
            Some(permissions) => fs::set_permissions(&tree, permissions.clone()),
            None => Ok(()),
        });
        created.map_err(|error| Error::io("create the folder", &tree, error))
    }

    /// Writes a file of the tree. Not forced to the disk: what is generated can be generated again.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let path = self.tree().join(path);
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)
            .and_then(|()| fs::File::create_new(&path))
            .and_then(|mut file| file.write_all(bytes))
            .map_err(|error| Error::io("write", &path, error))
    }

    /// Writes the new text of an edit, with the permissions of the file it is for, and forces it to the disk: a person's file is
    /// going to be replaced by it.
    pub(super) fn write_edit(&self, number: usize, edit: &Edit) -> Result<()> {
        let written = replacement(&self.edit_path(number), &edit.new, &real_path(&edit.path)?);
        written.map_err(|error| Error::io("write to", &self.folder, error))
    }

    /// Puts the tree in place.
    pub(super) fn put_in_place(&mut self) -> Result<()> {
        let put = self.place.put(&self.folder.join(TREE), &mut self.progress);
        put.map_err(|error| match error.kind() {
            io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists => {
                Error::conflict(format!("`{}` was created in the meantime", self.place.top))
                    .hint("choose another path")
            }
            _ => Error::io("create the folder", &self.place.top, error),
        })
    }

    /// Replaces the file of an edit, if its text is still the one that the edit was made from.
    pub(super) fn commit_edit(&mut self, number: usize, edit: &'a Edit) -> Result<()> {
        verify(edit)?;
        replace(&self.edit_path(number), &real_path(&edit.path)?)
            .map_err(|error| Error::io("write", &edit.path, error))?;
        self.committed.push(edit);
        Ok(())
    }

    /// Removes the folder after everything is done.
    pub(super) fn remove(&self) -> io::Result<()> {
        leftover::remove(&self.folder)
    }

    /// Undoes everything, in reverse order, and hands the reason on.
    pub(super) fn roll_back(self, reason: Error) -> Error {
        let undone = self.undo();
        match undone {
            Ok(()) => reason,
            Err(error) => reason.hint(format!(
                "undoing failed as well ({error}): look at `{}` and `{}`",
                self.place.top, self.folder
            )),
        }
    }

    fn undo(&self) -> io::Result<()> {
        for (number, edit) in self.committed.iter().enumerate().rev() {
            let path = edit.path.canonicalize_utf8()?;
            let restored = self.folder.join(format!("restore-{number}"));
            replacement(&restored, &edit.old, &path)?;
            replace(&restored, &path)?;
        }
        self.place
            .take_back(&self.folder.join(TREE), &self.progress)?;
        leftover::remove(&self.folder)?;
        self.restore_empty_target()
    }

    fn restore_empty_target(&self) -> io::Result<()> {
        let Some(permissions) = &self.empty_target else {
            return Ok(());
        };
        if self.place.top.symlink_metadata().is_err() {
            fs::create_dir(&self.place.top)?;
            fs::set_permissions(&self.place.top, permissions.clone())?;
        }
        Ok(())
    }

    fn edit_path(&self, number: usize) -> Utf8PathBuf {
        self.folder.join(format!("edit-{number}"))
    }
}

/// Makes sure that the file still has the text that the edit was made from, byte by byte, and may be written.
pub(super) fn verify(edit: &Edit) -> Result<()> {
    let bytes = fs::read(&edit.path).map_err(|error| Error::io("read", &edit.path, error))?;
    if bytes != edit.old.as_bytes() {
        return Err(Error::conflict(format!(
            "`{}` was changed in the meantime: nothing was written",
            edit.path
        ))
        .hint("run the command again: it starts from the file as it is now"));
    }
    let metadata = edit.path.metadata();
    if metadata.is_ok_and(|metadata| metadata.permissions().readonly()) {
        return Err(Error::failed(format!("`{}` is read-only", edit.path))
            .hint("make it writable, or add the new package to `workspace.members` by hand"));
    }
    Ok(())
}

/// A manifest can be a symlink: then the file behind it is replaced, and the link stays.
fn real_path(path: &Utf8Path) -> Result<Utf8PathBuf> {
    path.canonicalize_utf8()
        .map_err(|error| Error::io("find", path, error))
}

fn replacement(path: &Utf8Path, text: &str, original: &Utf8Path) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::set_permissions(path, original.metadata()?.permissions())
}

fn replace(replacement: &Utf8Path, original: &Utf8Path) -> io::Result<()> {
    match rename(replacement, original) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let folder = original.parent().unwrap_or(original);
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(&fs::read(replacement)?)?;
            file.as_file().sync_all()?;
            fs::set_permissions(file.path(), original.metadata()?.permissions())?;
            file.persist(original).map(drop).map_err(io::Error::from)
        }
        result => result,
    }
}

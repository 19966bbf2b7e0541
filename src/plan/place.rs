//! Where a tree is staged, and how it gets from there to its place.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use fs_extra::dir::CopyOptions;

use super::leftover::name_prefix;
use super::target::State;
use crate::workspace;
use crate::workspace::paths::relative;

/// The way of a tree into its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The existing folder in which the staging folder is made.
    pub(super) staging_parent: Utf8PathBuf,
    /// What is moved: the target, or the topmost folder above it that does not exist yet.
    pub(super) top: Utf8PathBuf,
    /// From `top` to the target; empty where they are the same.
    pub(super) below: Utf8PathBuf,
    /// Whether `top` is a folder that must stay itself, so that the contents are moved into it.
    pub(super) fills: bool,
}

impl Place {
    /// Decides by what is there. `current_dir` is the folder in which the person stands.
    pub(super) fn choose(target: &Utf8Path, state: State, current_dir: Option<&Utf8Path>) -> Place {
        let top = topmost_missing(target);
        let parent = top.parent().unwrap_or(target);
        let fills = state == State::Empty
            && (current_dir.is_some_and(|folder| is_same(folder, target))
                || is_mount_point(target, parent));
        let below = match relative(top, target) {
            same if same == "." => Utf8PathBuf::new(),
            below => below,
        };
        Place {
            staging_parent: match fills {
                true => target.to_owned(),
                false => outside_of_patterns(parent, target),
            },
            top: top.to_owned(),
            below,
            fills,
        }
    }

    /// Moves the staged `tree` into place: by one rename, wherever that is possible.
    ///
    /// It is not where the target must stay the folder it is (a person stands in it, a volume is mounted there) and where the staging
    /// folder turns out to be on another file system. `progress` tells how far it has come, in case of an error too.
    pub(super) fn put(&self, tree: &Utf8Path, progress: &mut Progress) -> io::Result<()> {
        if self.fills {
            return self.move_contents(tree, progress);
        }
        // Only Unix renames over an empty folder.
        if cfg!(windows) && self.top.is_dir() {
            std::fs::remove_dir(&self.top)?;
        }
        match rename(tree, &self.top) {
            Ok(()) => {
                *progress = Progress::Renamed;
                Ok(())
            }
            // Busy is what a folder is on which another one is mounted from the same file system.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::CrossesDevices | io::ErrorKind::ResourceBusy
                ) =>
            {
                self.move_contents(tree, progress)
            }
            Err(error) => Err(error),
        }
    }

    /// Takes out again what [`Place::put`] has put in place, and nothing else.
    pub(super) fn take_back(&self, tree: &Utf8Path, progress: &Progress) -> io::Result<()> {
        match progress {
            Progress::Staged => Ok(()),
            Progress::Renamed => rename(&self.top, tree),
            Progress::Moving { names, creates } => {
                for name in names {
                    remove_if_there(&self.top.join(name))?;
                }
                match *creates && self.top.exists() {
                    true => std::fs::remove_dir(&self.top),
                    false => Ok(()),
                }
            }
        }
    }

    /// Moves all that is in `from` into the place, which does not exist or is empty. Every name is looked at first: what is asked to
    /// move would write through whatever it finds.
    fn move_contents(&self, from: &Utf8Path, progress: &mut Progress) -> io::Result<()> {
        let mut names = Vec::new();
        for entry in from.read_dir_utf8()? {
            let name = entry?.file_name().to_owned();
            let path = self.top.join(&name);
            if path.symlink_metadata().is_ok() {
                let taken = format!("`{path}` is there already");
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, taken));
            }
            names.push(name);
        }
        let creates = !self.top.exists();
        *progress = Progress::Moving { names, creates };
        let options = CopyOptions::new().content_only(true);
        let moved = fs_extra::dir::move_dir(from, &self.top, &options);
        moved.map(drop).map_err(io::Error::other)
    }
}

/// How far a tree has come on its way into its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Progress {
    /// Nothing has been moved.
    Staged,
    /// All of it is there.
    Renamed,
    /// Some or all of these are there.
    Moving {
        names: Vec<String>,
        /// Whether the folder itself is made for it.
        creates: bool,
    },
}

fn remove_if_there(path: &Utf8Path) -> io::Result<()> {
    match path.symlink_metadata() {
        Ok(metadata) if metadata.is_dir() => std::fs::remove_dir_all(path),
        Ok(_) => std::fs::remove_file(path),
        Err(_) => Ok(()),
    }
}

/// Renames; on Windows with patience, because a virus scanner or an indexer holds fresh files for a moment.
pub(super) fn rename(from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
    let mut patience = if cfg!(windows) { 10 } else { 0 };
    loop {
        match std::fs::rename(from, to) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied && patience > 0 => {
                patience -= 1;
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            result => return result,
        }
    }
}

fn topmost_missing(target: &Utf8Path) -> &Utf8Path {
    let missing = target
        .ancestors()
        .take_while(|path| path.symlink_metadata().is_err());
    missing.last().unwrap_or(target)
}

/// The nearest folder in which the workspace does not take every folder for a member: a pattern such as `crates/*` takes hidden ones
/// too, and a staging folder that is left there would keep Cargo from reading the workspace at all.
fn outside_of_patterns(parent: &Utf8Path, target: &Utf8Path) -> Utf8PathBuf {
    let Ok(Some(workspace)) = workspace::find_by_manifests(target) else {
        return parent.to_owned();
    };
    let name = format!("{}1-aaaaaa", name_prefix(target));
    let free = parent
        .ancestors()
        .find(|folder| !workspace.takes_by_pattern(&folder.join(&name)));
    free.unwrap_or(parent).to_owned()
}

fn is_same(one: &Utf8Path, other: &Utf8Path) -> bool {
    match (one.canonicalize_utf8(), other.canonicalize_utf8()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

#[cfg(unix)]
fn is_mount_point(folder: &Utf8Path, parent: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (folder.metadata(), parent.metadata()) {
        (Ok(folder), Ok(parent)) => folder.dev() != parent.dev(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_mount_point(_folder: &Utf8Path, _parent: &Utf8Path) -> bool {
    false
}

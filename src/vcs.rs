//! Version control for the new tree, as `cargo new --vcs` has it.

pub mod git;

use std::fmt;
use std::io;
use std::process::{Command, Stdio};
use std::str::FromStr;

use camino::Utf8Path;

use crate::error::{Error, Result, did_you_mean};
use crate::skeleton::tree::Tree;

/// A version control system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Vcs {
    /// Git.
    Git,
    /// Mercurial.
    Hg,
    /// Pijul.
    Pijul,
    /// Fossil.
    Fossil,
    /// No repository is made.
    None,
}

impl Vcs {
    /// All, in the order in which Cargo lists them.
    pub const ALL: [Vcs; 5] = [Vcs::Git, Vcs::Hg, Vcs::Pijul, Vcs::Fossil, Vcs::None];

    /// The word for it on the command line; for all but `none` also the program.
    pub fn word(self) -> &'static str {
        match self {
            Vcs::Git => "git",
            Vcs::Hg => "hg",
            Vcs::Pijul => "pijul",
            Vcs::Fossil => "fossil",
            Vcs::None => "none",
        }
    }
}

impl fmt::Display for Vcs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Vcs {
    type Err = Error;

    fn from_str(word: &str) -> Result<Vcs> {
        let known = Vcs::ALL.into_iter().find(|vcs| vcs.word() == word);
        known.ok_or_else(|| {
            let error = Error::usage(format!("`{word}` is no version control system known here"));
            match did_you_mean(word, Vcs::ALL.map(Vcs::word)) {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error.hint("pass `--vcs` with git, hg, pijul, fossil or none"),
            }
        })
    }
}

/// The system for a new package: the one asked for, else Git, or none inside an existing repository.
pub fn choose(target: &Utf8Path, asked: Option<Vcs>) -> Vcs {
    match asked {
        Some(vcs) => vcs,
        None if is_in_repository(target) => Vcs::None,
        None => Vcs::Git,
    }
}

/// Whether a repository already holds what will be at `target`.
///
/// As with Cargo, a path that the repository around it ignores is not inside.
pub fn is_in_repository(target: &Utf8Path) -> bool {
    for folder in target.ancestors().skip(1) {
        if [".hg", ".pijul", ".fslckout", "_FOSSIL_"]
            .iter()
            .any(|mark| folder.join(mark).exists())
        {
            return true;
        }
        if folder.join(".git").exists() {
            return !is_ignored_by_git(folder, target);
        }
    }
    false
}

/// Renames the tree's ignore file into the one that the system reads.
///
/// Without version control the file stays `.gitignore`: it does no harm, and the repository may come later.
pub fn adapt_ignore_file(tree: &mut Tree, vcs: Vcs) {
    let (path, head) = match vcs {
        Vcs::Git | Vcs::None => return,
        Vcs::Hg => (".hgignore", "syntax: glob\n"),
        Vcs::Pijul => (".ignore", ""),
        Vcs::Fossil => (".fossil-settings/ignore-glob", ""),
    };
    let Some(text) = tree.remove(".gitignore") else {
        return;
    };
    // Only Git anchors a pattern with a slash in front; only Git and Pijul know comments by `#` and folders by `/`.
    let lines = text.lines().filter(|line| {
        vcs != Vcs::Fossil || !(line.starts_with('#') || line.starts_with('!') || line.is_empty())
    });
    let mut adapted = head.to_owned();
    for line in lines {
        let line = match vcs {
            Vcs::Hg | Vcs::Fossil => line.trim_start_matches('/').trim_end_matches('/'),
            _ => line,
        };
        adapted.push_str(line);
        adapted.push('\n');
    }
    tree.insert(path, adapted)
        .expect("the name of an ignore file is inside");
}

/// Whether the repository can be made before the tree is at its place: Fossil writes absolute paths into it.
pub fn can_be_staged(vcs: Vcs) -> bool {
    vcs != Vcs::Fossil
}

/// Makes the repository in the folder `path`, unless it has one.
///
/// Where it `is_asked_for` a missing program is an error, else a warning, which is returned.
/// The user's own settings (`init.defaultBranch`, templates) hold.
///
/// # Errors
/// The program is missing though it was asked for, or it fails.
pub fn init(path: &Utf8Path, vcs: Vcs, is_asked_for: bool) -> Result<Option<String>> {
    let commands: &[&[&str]] = match vcs {
        Vcs::None => return Ok(None),
        Vcs::Git => &[&["init", "--quiet"]],
        Vcs::Hg | Vcs::Pijul => &[&["init"]],
        Vcs::Fossil => &[&["init", ".fossil"], &["open", "--force", ".fossil"]],
    };
    if path.join(format!(".{vcs}")).exists() {
        return Ok(None);
    }
    for arguments in commands {
        match run(path, vcs, arguments) {
            Ok(()) => {}
            Err(Failure::Missing) if !is_asked_for => {
                return Ok(Some(format!(
                    "no repository was made: the program `{vcs}` is not installed"
                )));
            }
            Err(Failure::Missing) => {
                return Err(
                    Error::failed(format!("the program `{vcs}` is not installed"))
                        .hint(format!("install `{vcs}`, or pass `--vcs none`")),
                );
            }
            Err(Failure::Other(error)) => return Err(error),
        }
    }
    Ok(None)
}

enum Failure {
    Missing,
    Other(Error),
}

fn run(path: &Utf8Path, vcs: Vcs, arguments: &[&str]) -> Result<(), Failure> {
    let shown = format!("{vcs} {}", arguments.join(" "));
    let output = command(vcs, path)
        .args(arguments)
        .output()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Failure::Missing,
            _ => Failure::Other(Error::failed(format!("cannot run `{shown}`")).caused_by(error)),
        })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Failure::Other(
        Error::failed(format!("`{shown}` failed in `{path}`: {said}"))
            .hint("mend it, or pass `--vcs none`"),
    ))
}

fn command(vcs: Vcs, path: &Utf8Path) -> Command {
    let mut command = Command::new(vcs.word());
    command.current_dir(path).stdin(Stdio::null());
    // Set inside a hook or an alias, these would turn the command to another repository.
    for variable in [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_COMMON_DIR",
        "GIT_OBJECT_DIRECTORY",
        "GIT_NAMESPACE",
    ] {
        command.env_remove(variable);
    }
    command
}

fn is_ignored_by_git(repository: &Utf8Path, target: &Utf8Path) -> bool {
    command(Vcs::Git, repository)
        .args(["check-ignore", "--quiet", "--"])
        .arg(target)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use camino::Utf8PathBuf;

    use super::*;

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(folder.path().canonicalize().unwrap()).unwrap();
        (folder, path)
    }

    #[test]
    fn makes_a_git_repository_once() {
        let (_keep, path) = folder();
        assert_eq!(choose(&path.join("x"), None), Vcs::Git);
        assert_eq!(init(&path, Vcs::Git, false).unwrap(), None);
        assert!(path.join(".git/HEAD").exists());
        let before = std::fs::read(path.join(".git/config")).unwrap();
        assert_eq!(init(&path, Vcs::Git, false).unwrap(), None);
        assert_eq!(std::fs::read(path.join(".git/config")).unwrap(), before);
    }

    #[test]
    fn makes_none_inside_a_repository_unless_ignored_there() {
        let (_keep, path) = folder();
        init(&path, Vcs::Git, false).unwrap();
        std::fs::write(path.join(".gitignore"), "/scratch\n").unwrap();
        assert_eq!(choose(&path.join("services/orders"), None), Vcs::None);
        assert_eq!(choose(&path.join("scratch/orders"), None), Vcs::Git);
        assert_eq!(choose(&path.join("orders"), Some(Vcs::Git)), Vcs::Git);
    }

    #[test]
    fn a_program_that_was_asked_for_must_be_there() {
        let (_keep, path) = folder();
        if Command::new("pijul").output().is_ok() {
            return;
        }
        let error = init(&path, Vcs::Pijul, true).expect_err("pijul is missing");
        assert_eq!(error.hints, ["install `pijul`, or pass `--vcs none`"]);
        assert!(init(&path, Vcs::Pijul, false).unwrap().is_some());
    }

    #[track_caller]
    fn check_ignore_file(vcs: Vcs, path: &str, text: &str) {
        let mut tree = Tree::default();
        tree.insert(".gitignore", "# Built.\n/target/\n*.db\n")
            .unwrap();
        adapt_ignore_file(&mut tree, vcs);
        let files: Vec<_> = tree
            .iter()
            .map(|(path, text)| (path.as_str(), text))
            .collect();
        assert_eq!(files, [(path, text)]);
    }

    #[test]
    fn the_ignore_file_speaks_the_language_of_the_system() {
        check_ignore_file(Vcs::Git, ".gitignore", "# Built.\n/target/\n*.db\n");
        check_ignore_file(Vcs::None, ".gitignore", "# Built.\n/target/\n*.db\n");
        check_ignore_file(
            Vcs::Hg,
            ".hgignore",
            "syntax: glob\n# Built.\ntarget\n*.db\n",
        );
        check_ignore_file(Vcs::Pijul, ".ignore", "# Built.\n/target/\n*.db\n");
        check_ignore_file(
            Vcs::Fossil,
            ".fossil-settings/ignore-glob",
            "target\n*.db\n",
        );
    }

    #[test]
    fn an_unknown_system_is_refused_with_a_way_out() {
        let error = "fosil".parse::<Vcs>().expect_err("no such system");
        assert_eq!(error.hints, ["did you mean `fossil`?"]);
        let error = "svn".parse::<Vcs>().expect_err("no such system");
        assert!(error.hints[0].contains("git, hg, pijul"), "{error:?}");
        for vcs in Vcs::ALL {
            assert_eq!(vcs.to_string().parse::<Vcs>().unwrap(), vcs);
        }
    }
}

//! The real binary in a pseudo terminal: keys in, the rendered screen out.

use std::io::{ErrorKind, Read, Write};
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

pub(crate) const ESC: &str = "\x1b";
pub(crate) const ENTER: &str = "\r";
pub(crate) const UP: &str = "\x1b[A";
pub(crate) const DOWN: &str = "\x1b[B";
pub(crate) const CTRL_C: &str = "\x03";
/// Generous: a busy machine is slow, not wrong.
const PATIENCE: Duration = Duration::from_secs(60);

const ROWS: NonZero<u16> = NonZero::new(64).expect("not zero");
pub(crate) const WIDE: NonZero<u16> = NonZero::new(100).expect("not zero");
pub(crate) const NARROW: NonZero<u16> = NonZero::new(40).expect("not zero");

/// Runs a command and says in the terminal how it ended. When the leader of a session ends, a kernel may close the terminal before
/// what was written last is read: this leader waits until somebody saw the mark, which comes after everything else.
const LEADER: &str =
    r#"trap : INT; "$@"; printf '\033]0;ended %d\007' "$?"; while :; do read -r _ || exit; done"#;
const MARK: &str = "\x1b]0;ended ";

/// A folder in which `new orders` is run.
pub(crate) struct Place {
    // Dropped last: the folder goes with it.
    _directory: tempfile::TempDir,
    pub(crate) root: PathBuf,
}

impl Place {
    pub(crate) fn new() -> Place {
        let directory = tempfile::tempdir().expect("a folder for the test");
        Place {
            root: directory.path().canonicalize().expect("it is there"),
            _directory: directory,
        }
    }

    pub(crate) fn draft(&self) -> PathBuf {
        self.root.join(".orders.kickoff-draft.toml")
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root.join(path)).expect("a text file")
    }

    /// What lies in the folder itself.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.root).expect("a folder");
        let name = |entry: std::io::Result<std::fs::DirEntry>| {
            let name = entry.expect("a folder can be read").file_name();
            name.into_string().expect("Unicode")
        };
        let mut names: Vec<_> = entries.map(name).collect();
        names.sort();
        names
    }
}

/// A terminal with a session in it.
pub(crate) struct Terminal {
    screen: Arc<(Mutex<Screen>, Condvar)>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    /// How the terminal treats input, before the session.
    modes: String,
    master: Box<dyn portable_pty::MasterPty + Send>,
}

struct Screen {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    /// The exit code, once everything before its end was read.
    ended: Option<u32>,
}

impl Screen {
    fn take(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
        self.bytes.extend_from_slice(bytes);
        let text = String::from_utf8_lossy(&self.bytes);
        let Some((said, mark)) = text.rsplit_once(MARK) else {
            return;
        };
        if let Some((code, _)) = mark.split_once('\x07') {
            self.ended = Some(code.parse().expect("an exit code"));
            // The mark is the leader's, not the session's.
            self.bytes = said.as_bytes().to_vec();
        }
    }
}

impl Terminal {
    /// `cargo-kickoff new orders` in a terminal of this width.
    pub(crate) fn start(columns: NonZero<u16>, place: &Place) -> Terminal {
        Terminal::start_with(columns, place, &["new", "orders", "--vcs", "none"], &[])
    }

    pub(crate) fn start_with(
        columns: NonZero<u16>,
        place: &Place,
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Terminal {
        let command = [env!("CARGO_BIN_EXE_cargo-kickoff")];
        Terminal::run(columns, place, &[&command, arguments].concat(), variables)
    }

    pub(crate) fn run(
        columns: NonZero<u16>,
        place: &Place,
        command: &[&str],
        variables: &[(&str, &str)],
    ) -> Terminal {
        let size = PtySize {
            rows: ROWS.get(),
            cols: columns.get(),
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system()
            .openpty(size)
            .expect("a pseudo terminal");
        let modes = format!("{:?}", pair.master.get_termios());
        let mut leader = CommandBuilder::new("sh");
        leader.args(["-c", LEADER, "sh"]);
        leader.args(command);
        leader.cwd(&place.root);
        for name in [
            "NO_COLOR",
            "CI",
            "ACCESSIBLE",
            "CLICOLOR",
            "CARGO_TERM_COLOR",
        ] {
            leader.env_remove(name);
        }
        leader.env("TERM", "xterm-256color");
        leader.env("SOURCE_DATE_EPOCH", "1795564800");
        for (name, value) in variables {
            leader.env(name, value);
        }
        let child = pair.slave.spawn_command(leader).expect("a session");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let keys = pair.master.take_writer().expect("a writer");
        let screen = Arc::new((
            Mutex::new(Screen {
                parser: vt100::Parser::new(ROWS, columns, 1000),
                bytes: Vec::new(),
                ended: None,
            }),
            Condvar::new(),
        ));
        let shared = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            loop {
                let length = match reader.read(&mut buffer) {
                    Ok(0) => break,
                    Ok(length) => length,
                    Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                    Err(_) => break,
                };
                shared
                    .0
                    .lock()
                    .expect("no panic in here")
                    .take(&buffer[..length]);
                shared.1.notify_all();
            }
        });
        Terminal {
            screen,
            keys,
            child,
            modes,
            master: pair.master,
        }
    }

    /// Waits until the screen shows all of these.
    #[track_caller]
    pub(crate) fn wait(&self, texts: &[&str]) {
        self.wait_until(&format!("{texts:?}"), |screen| {
            texts.iter().all(|text| screen.contains(text))
        });
    }

    /// Waits for a question that can be answered: its help line is drawn last.
    #[track_caller]
    pub(crate) fn asked(&self, texts: &[&str]) {
        let mut texts = texts.to_vec();
        texts.push("Esc back]");
        self.wait(&texts);
    }

    /// Waits for a question asked line by line: the mark for the answer is written last.
    #[track_caller]
    pub(crate) fn asked_plainly(&self, text: &str) {
        self.wait_until(text, |screen| {
            screen.contains(text) && screen.trim_end().ends_with("\n>")
        });
    }

    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, holds: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut screen = self.locked();
        loop {
            let contents = screen.parser.screen().contents();
            if holds(&contents) {
                return;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || screen.ended.is_some() {
                // The lock is not to be poisoned: the reader needs it.
                drop(screen);
                panic!("no {what} on the screen:\n{contents}");
            }
            screen = self
                .screen
                .1
                .wait_timeout(screen, left)
                .expect("no panic in the reader")
                .0;
        }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("a terminal");
        self.keys.flush().expect("a terminal");
    }

    /// Answers questions one after the other.
    #[track_caller]
    pub(crate) fn answer(&mut self, answers: &[(&str, &str)]) {
        for (ask, answer) in answers {
            self.asked(&[ask]);
            self.press(&format!("{answer}\r"));
        }
    }

    /// What the screen shows.
    pub(crate) fn contents(&self) -> String {
        let contents = self.locked().parser.screen().contents();
        contents
            .lines()
            .map(str::trim_end)
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Whether the terminal treats input as it did before the session.
    pub(crate) fn is_as_before(&self) -> bool {
        format!("{:?}", self.master.get_termios()) == self.modes
    }

    pub(crate) fn bytes(&self) -> String {
        String::from_utf8_lossy(&self.locked().bytes).into_owned()
    }

    fn locked(&self) -> MutexGuard<'_, Screen> {
        self.screen.0.lock().expect("no panic in the reader")
    }

    /// Waits for the end of the session, and of what it had to say: its exit code.
    #[track_caller]
    pub(crate) fn end(&mut self) -> u32 {
        let (screen, _) = self
            .screen
            .1
            .wait_timeout_while(self.locked(), PATIENCE, |screen| screen.ended.is_none())
            .expect("no panic in the reader");
        let (ended, contents) = (screen.ended, screen.parser.screen().contents());
        drop(screen);
        ended.unwrap_or_else(|| panic!("the session goes on:\n{contents}"))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that has seen enough leaves no process behind.
        let _ = self.child.kill();
    }
}

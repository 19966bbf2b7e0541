//! The real binary in a pseudo terminal: keys in, the rendered screen out.

use std::io::{Read, Write};
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
    closed: bool,
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
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cargo-kickoff"));
        command.args(arguments);
        Terminal::run(columns, place, command, variables)
    }

    pub(crate) fn run(
        columns: NonZero<u16>,
        place: &Place,
        mut command: CommandBuilder,
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
        command.cwd(&place.root);
        for name in [
            "NO_COLOR",
            "CI",
            "ACCESSIBLE",
            "CLICOLOR",
            "CARGO_TERM_COLOR",
        ] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        command.env("SOURCE_DATE_EPOCH", "1795564800");
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("a session");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let keys = pair.master.take_writer().expect("a writer");
        let screen = Arc::new((
            Mutex::new(Screen {
                parser: vt100::Parser::new(ROWS, columns, 1000),
                bytes: Vec::new(),
                closed: false,
            }),
            Condvar::new(),
        ));
        let shared = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            loop {
                let length = reader.read(&mut buffer).unwrap_or(0);
                let mut screen = shared.0.lock().expect("no panic in here");
                screen.parser.process(&buffer[..length]);
                screen.bytes.extend_from_slice(&buffer[..length]);
                screen.closed = length == 0;
                shared.1.notify_all();
                if screen.closed {
                    break;
                }
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
            if left.is_zero() || screen.closed {
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
        let (screen, waited) = self
            .screen
            .1
            .wait_timeout_while(self.locked(), PATIENCE, |screen| !screen.closed)
            .expect("no panic in the reader");
        let contents = screen.parser.screen().contents();
        drop(screen);
        assert!(!waited.timed_out(), "the session goes on:\n{contents}");
        self.child.wait().expect("a status").exit_code()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that has seen enough leaves no process behind.
        let _ = self.child.kill();
    }
}

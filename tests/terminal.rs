//! Interviews in a real (pseudo) terminal: keys in, the rendered screen out.
//!
//! The session itself is [`session`], run by starting this very test binary again in the terminal.
#![cfg(unix)]

use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use cargo_kickoff::answers::Answers;
use cargo_kickoff::context::Context;
use cargo_kickoff::interview::{Ended, Interview, Preview, conduct, draft};
use cargo_kickoff::prompt::{PlainPrompter, Prompter, TerminalPrompter};
use cargo_kickoff::question::{canonical_text, catalog, validate_value};
use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use snapbox::str;

/// The variable that makes [`session`] one: where its draft lives.
const SESSION: &str = "KICKOFF_TEST_SESSION_DRAFT";

/// Not a test: the interview that the tests look at. Does nothing when it is run as a test.
#[test]
fn session() {
    let Some(draft_path) = std::env::var_os(SESSION) else {
        return;
    };
    let context = Context::from_process().expect("a context");
    let mut interview = match std::fs::read_to_string(&draft_path) {
        Ok(text) => read_draft(&text),
        Err(_) => Interview::new(Answers::new("orders", "2026-11-25")),
    };
    let mut prompter: Box<dyn Prompter> = if context.terminal.plain() || !context.terminal.input {
        Box::new(PlainPrompter::new(
            std::io::stdin().lock(),
            std::io::stderr(),
        ))
    } else {
        Box::new(TerminalPrompter::new(!context.terminal.no_color))
    };
    let ended = conduct(
        &mut interview,
        &mut *prompter,
        &|_| Preview {
            files: ["Cargo.toml", "README.md", "src/main.rs", "src/app.rs"]
                .map(str::to_owned)
                .to_vec(),
            ..Preview::default()
        },
        &mut |interview| {
            std::fs::write(&draft_path, write_draft(interview)).expect("a draft");
        },
    )
    .expect("a session");
    let mut output = std::io::stderr();
    writeln!(output, "ended: {ended:?}").expect("a terminal");
    for question in catalog::questions() {
        if let Some(value) = interview.answers().given(question.id) {
            writeln!(output, "{} = {}", question.id, canonical_text(value)).expect("a terminal");
        }
    }
    std::process::exit(match ended {
        Ended::Confirmed | Ended::Cancelled => 0,
        Ended::Interrupted => 130,
    });
}

/// Answers with one value each are enough here.
fn write_draft(interview: &Interview) -> String {
    let mut lines = String::new();
    for question in catalog::questions() {
        if let Some(value) = interview.answers().given(question.id) {
            lines.push_str(&format!("{}\t{}\n", question.id, canonical_text(value)));
        }
    }
    draft::compose(&lines, &interview.bookmark())
}

fn read_draft(text: &str) -> Interview {
    let (bookmark, lines) = draft::split(text);
    let mut answers = Answers::new("orders", "2026-11-25");
    for line in lines.lines() {
        let (id, text) = line.split_once('\t').expect("a tab");
        let question = catalog::question(id).expect("a question");
        answers.give(
            question,
            validate_value(&question.kind, text).expect("valid"),
        );
    }
    Interview::resume(answers, bookmark)
}
const ESC: &str = "\x1b";
const ENTER: &str = "\r";
const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const CTRL_C: &str = "\x03";
/// Generous: a busy machine is slow, not wrong.
const PATIENCE: Duration = Duration::from_secs(60);

const ROWS: NonZero<u16> = NonZero::new(60).expect("not zero");
const WIDE: NonZero<u16> = NonZero::new(100).expect("not zero");
const NARROW: NonZero<u16> = NonZero::new(40).expect("not zero");

/// A terminal with a session in it.
struct Terminal {
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
    fn start(
        columns: NonZero<u16>,
        draft: &std::path::Path,
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
        let mut command = CommandBuilder::new(std::env::current_exe().expect("a path"));
        command.args([
            "--exact",
            "session",
            "--nocapture",
            "--test-threads=1",
            "-q",
        ]);
        for name in [
            "NO_COLOR",
            "CI",
            "ACCESSIBLE",
            "CLICOLOR",
            "SOURCE_DATE_EPOCH",
        ] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        command.env(SESSION, draft);
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
    fn wait(&self, texts: &[&str]) {
        self.wait_until(&format!("{texts:?}"), |screen| {
            texts.iter().all(|text| screen.contains(text))
        });
    }

    /// Waits for a question that can be answered: its help line is drawn last.
    fn asked(&self, texts: &[&str]) {
        let mut texts = texts.to_vec();
        texts.push("Esc back]");
        self.wait(&texts);
    }

    /// Waits for a question asked line by line: the mark for the answer is written last.
    fn asked_plainly(&self, text: &str) {
        self.wait_until(text, |screen| {
            screen.contains(text) && screen.trim_end().ends_with("\n>")
        });
    }

    fn wait_until(&self, what: &str, holds: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut screen = self.screen.0.lock().expect("no panic in the reader");
        loop {
            let contents = screen.parser.screen().contents();
            if holds(&contents) {
                return;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero() && !screen.closed,
                "no {what} on the screen:\n{contents}"
            );
            screen = self
                .screen
                .1
                .wait_timeout(screen, left)
                .expect("no panic")
                .0;
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("a terminal");
        self.keys.flush().expect("a terminal");
    }

    /// What the screen shows, without what the test harness writes before.
    fn contents(&self) -> String {
        let contents = self
            .screen
            .0
            .lock()
            .expect("no panic")
            .parser
            .screen()
            .contents();
        contents
            .lines()
            .map(str::trim_end)
            .skip_while(|line| line.is_empty() || line.starts_with("running"))
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn modes_now(&self) -> String {
        format!("{:?}", self.master.get_termios())
    }

    fn bytes(&self) -> String {
        let screen = self.screen.0.lock().expect("no panic");
        String::from_utf8_lossy(&screen.bytes).into_owned()
    }

    /// Waits for the end of the session, and of what it had to say: its exit code.
    fn end(&mut self) -> u32 {
        self.wait(&["ended: "]);
        let status = self.child.wait().expect("a status");
        let screen = self.screen.0.lock().expect("no panic in the reader");
        let closed = self
            .screen
            .1
            .wait_timeout_while(screen, PATIENCE, |screen| !screen.closed)
            .expect("no panic in the reader");
        assert!(closed.0.closed, "the terminal is still open");
        status.exit_code()
    }
}

/// Where the draft of a test lives.
struct Place {
    _directory: tempfile::TempDir,
    draft: std::path::PathBuf,
}

fn place() -> Place {
    let directory = tempfile::tempdir().expect("a directory");
    Place {
        draft: directory.path().join("draft.toml"),
        _directory: directory,
    }
}

#[test]
fn defaults_all_the_way() {
    let place = place();
    let mut terminal = Terminal::start(WIDE, &place.draft, &[]);
    terminal.asked(&["What does it cost", "> annoyance"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"
[1/7] Responsibility · 1 of 5
What does it cost when this is down or wrong for an hour?
  A tool for three colleagues and a payment service should not be built alike: too little care
  loses money, too much care never ships.

  nothing: nobody would notice
> annoyance: people grumble and wait · default
  money: sales, refunds, penalties
  harm: people or their data are hurt
  ? Explain
  … Decide later
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
    terminal.press(ENTER);
    terminal.asked(&["What is this backend for", "later"]);
    terminal.press("later\r");
    terminal.asked(&["Decide later. Who decides"]);
    terminal.press("Anna, by Friday\r");
    terminal.asked(&["open: Anna, by Friday", "What does it own"]);
    terminal.press("later\r");
    terminal.asked(&["Decide later. Who decides"]);
    terminal.press(ENTER);
    for ask in ["not its job", "Who calls it"] {
        terminal.asked(&[ask]);
        terminal.press(ENTER);
    }
    terminal.asked(&["core entities"]);
    terminal.press("later\r");
    terminal.asked(&["Decide later. Who decides"]);
    terminal.press(ENTER);
    for ask in [
        "deleting a record",
        "requests per second at",
        "other services does it call",
        "How do others talk to it",
        "What does \"done\" mean",
        "a project or an experiment?",
        "On which day",
        "What would end it",
    ] {
        terminal.asked(&[ask]);
        terminal.press(ENTER);
    }
    terminal.asked(&["Review of orders", "Save and quit"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"
Review of orders

Responsibility
  stakes             annoyance
  purpose            — open: Anna, by Friday
  owns               — open
  not-its-job        none
  callers            none

Data
  entities           — open
  deletion           hard
  By default: records 100000, growth 100, duplicates reject, conflicts version.

Load and failure
  peak-rps           50
  dependencies       none
  By default: p99 500ms, availability 99.5, request-timeout 10s, shutdown-grace 15s.

Communication
  styles             rest
  By default: access open.

Ownership
  By default: database sqlite, schema-changes direct, error-pattern per-layer, enforcement tests,
  clippy, record-format madr.
  Not asked, open: database-owner, schema-owner, caching-owner, errors-owner.

Done
  items              validation, error-handling, logging, documentation, ci

Reality check
  kind               project
  ends-on            2027-02-23
  ends-when          —

4 files
  src/ (2), Cargo.toml, README.md

Project or experiment?
  3 core questions are open (purpose, owns, entities): this is an experiment. That is fine as long
  as it is admitted: the README says so first, it cannot be published, and it says so when it
  starts. It ends on 2027-02-23.
  4 more questions are open; decision records say so.

> Generate
  Change an answer
  Show the files
  Save and quit
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
    terminal.press(ENTER);
    assert_eq!(terminal.end(), 0);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"
Responsibility
  stakes             annoyance
  purpose            — open: Anna, by Friday
  owns               — open
  not-its-job        none
  callers            none

Data
  entities           — open
  deletion           hard

Load and failure
  peak-rps           50
  dependencies       none

Communication
  styles             rest

Done
  items              validation, error-handling, logging, documentation, ci

Reality check
  kind               project
  ends-on            2027-02-23
  ends-when          —
ended: Confirmed
responsibility.stakes = annoyance
responsibility.not-its-job =
responsibility.callers =
data.deletion = hard
load.peak-rps = 50
load.dependencies =
communication.styles = rest
done.items = validation, error-handling, logging, documentation, ci
reality.kind = project
reality.ends-on = 2027-02-23
"#]]
    );
}

#[test]
fn going_back_leaves_no_trace_and_a_changed_branch_asks_anew() {
    let place = place();
    let mut terminal = Terminal::start(WIDE, &place.draft, &[]);
    terminal.asked(&["> annoyance"]);
    terminal.press(UP);
    terminal.asked(&["> nothing"]);
    terminal.press(ENTER);
    terminal.asked(&["What is this backend for", "2 of 3"]);
    terminal.press("Keeps notes.\r");
    terminal.asked(&["purpose            Keeps notes.", "What does it own"]);
    terminal.press(ESC);
    terminal.asked(&["What is this backend for", "> Keeps notes."]);
    terminal.press(ESC);
    terminal.asked(&["What does it cost", "> nothing"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"
[1/7] Responsibility · 1 of 3
What does it cost when this is down or wrong for an hour?
  A tool for three colleagues and a payment service should not be built alike: too little care
  loses money, too much care never ships.

> nothing: nobody would notice
  annoyance: people grumble and wait · default
  money: sales, refunds, penalties
  harm: people or their data are hurt
  ? Explain
  … Decide later
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
    terminal.press(DOWN);
    terminal.asked(&["> annoyance"]);
    terminal.press(ENTER);
    // More is at stake, so more is asked; what was said stays said.
    terminal.asked(&["stakes             annoyance", "What does it own", "3 of 5"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"
Responsibility
  stakes             annoyance
  purpose            Keeps notes.

[1/7] Responsibility · 3 of 5
What does it own: which capabilities does nobody else provide?
  Where two services believe they own the same thing, each changes it behind the other's back, and
  the truth is whichever wrote last.
  One capability at a time.
>
[like taking orders · ? explains · later · Esc back]
"#]]
    );
}

#[test]
fn an_explanation_disappears_with_its_question() {
    let place = place();
    let mut terminal = Terminal::start(WIDE, &place.draft, &[]);
    terminal.asked(&["> annoyance"]);
    // Typing finds the entry, as it finds any other.
    terminal.press("?");
    terminal.wait_until("the list narrowed", |screen| !screen.contains("money: "));
    terminal.press(ENTER);
    terminal.asked(&["Asks only what the service is", "> annoyance"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"
[1/7] Responsibility · 1 of 5
What does it cost when this is down or wrong for an hour?
  A tool for three colleagues and a payment service should not be built alike: too little care
  loses money, too much care never ships.
  Chooses which questions are asked at all, and the defaults of deletion, conflicts, timeouts,
  availability and the definition of done.
  nothing: nobody would notice
      Asks only what the service is and what it stores, and takes the lightest default everywhere
      else.
  annoyance: people grumble and wait
      Asks about a dozen questions; concurrent changes are detected, deletion is final.
  money: sales, refunds, penalties
      Asks every question; records are kept when deleted, deadlines are short, everything is part
      of done.
  harm: people or their data are hurt
      Asks every question, per entity too, with the strictest defaults.
  Default: annoyance.

  nothing: nobody would notice
> annoyance: people grumble and wait · default
  money: sales, refunds, penalties
  harm: people or their data are hurt
  … Decide later
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
    terminal.press(ENTER);
    terminal.asked(&["What is this backend for"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"
Responsibility
  stakes             annoyance

[1/7] Responsibility · 2 of 5
What is this backend for, in one sentence?
  A service whose purpose takes a paragraph collects whatever has no other home, until every team
  has to change it and nobody can.
>
[? explains · later · Esc back]
"#]]
    );
}

#[test]
fn ctrl_c_keeps_a_draft_and_the_next_run_goes_on_there() {
    let place = place();
    let mut terminal = Terminal::start(WIDE, &place.draft, &[]);
    terminal.asked(&["> annoyance"]);
    terminal.press(ENTER);
    terminal.asked(&["What is this backend for"]);
    terminal.press("Keeps notes.\r");
    terminal.asked(&["What does it own"]);
    terminal.press(CTRL_C);
    assert_eq!(terminal.end(), 130);
    let bytes = terminal.bytes();
    let shown = bytes.rfind("\x1b[?25h").expect("the cursor is shown again");
    assert!(bytes.rfind("\x1b[?25l").is_none_or(|hidden| hidden < shown));
    assert_eq!(terminal.modes, terminal.modes_now());
    assert!(
        bytes.rfind("\x1b[?2004l") > bytes.rfind("\x1b[?2004h"),
        "pasting is as before"
    );

    let mut terminal = Terminal::start(WIDE, &place.draft, &[]);
    terminal.asked(&["What does it own"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"
Responsibility
  stakes             annoyance
  purpose            Keeps notes.

[1/7] Responsibility · 3 of 5
What does it own: which capabilities does nobody else provide?
  Where two services believe they own the same thing, each changes it behind the other's back, and
  the truth is whichever wrote last.
  One capability at a time.
>
[like taking orders · ? explains · later · Esc back]
"#]]
    );
    terminal.press(ESC);
    terminal.asked(&["What is this backend for", "> Keeps notes."]);
}

#[test]
fn forty_columns_are_enough() {
    let place = place();
    let mut terminal = Terminal::start(NARROW, &place.draft, &[]);
    terminal.asked(&["> annoyance"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"
[1/7] Responsibility · 1 of 5
What does it cost when this is down or
wrong for an hour?
  A tool for three colleagues and a
  payment service should not be built
  alike: too little care loses money,
  too much care never ships.

  nothing: nobody would notice
> annoyance: people grumble and wait …
  money: sales, refunds, penalties
  harm: people or their data are hurt
  ? Explain
  … Decide later
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
    terminal.press(ENTER);
    terminal.asked(&["What is this backend for"]);
    terminal
        .press("Takes the orders of customers, from the basket to the parcel, and tells them.\r");
    terminal.asked(&["What does it own"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"
Responsibility
  stakes        annoyance
  purpose       Takes the orders of cu…

[1/7] Responsibility · 3 of 5
What does it own: which capabilities
does nobody else provide?
  Where two services believe they own
  the same thing, each changes it
  behind the other's back, and the
  truth is whichever wrote last.
  One capability at a time.
>
[? explains · later · Esc back]
"#]]
    );
    terminal.press(ESC);
    terminal.asked(&["What is this backend for", "and tells them."]);
    terminal.press(ESC);
    terminal.asked(&["What does it cost"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"
[1/7] Responsibility · 1 of 5
What does it cost when this is down or
wrong for an hour?
  A tool for three colleagues and a
  payment service should not be built
  alike: too little care loses money,
  too much care never ships.

  nothing: nobody would notice
> annoyance: people grumble and wait …
  money: sales, refunds, penalties
  harm: people or their data are hurt
  ? Explain
  … Decide later
[↑↓ move · Enter chooses · Esc back]
"#]]
    );
}

#[test]
fn a_mistake_is_shown_at_its_place() {
    let place = place();
    let mut terminal = Terminal::start(WIDE, &place.draft, &[]);
    terminal.asked(&["> annoyance"]);
    terminal.press(UP);
    terminal.asked(&["> nothing"]);
    terminal.press(ENTER);
    for (ask, answer) in [
        ("What is this backend for", "Sells."),
        ("What does it own", "selling"),
        ("Another capability?", ""),
        ("core entities", "Order"),
        ("What fields does it have", "number: strng(32)"),
    ] {
        terminal.asked(&[ask]);
        terminal.press(&format!("{answer}\r"));
    }
    terminal.asked(&["^^^^^"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"
Responsibility
  stakes             nothing
  purpose            Sells.
  capability         selling

Data
  entity             Order

[2/7] Data · 1 of 1 · Order
What fields does it have?
  Types that allow too much are filled with too much: amounts in floats, times without a zone,
  texts of ten megabytes.
  One field at a time, `name: type`; the id comes by itself. For example
  `number: string(32) unique`, `note: text?`, `total: decimal >= 0`,
  `status: draft | paid = draft`, `customer: -> Customer`.
  number: strng(32)
          ^^^^^
! `strng` is not a type
  did you mean `string`?
> number: strng(32)
[empty: no fields · ? explains · later · Esc back]
"#]]
    );
    for _ in 0.."strng(32)".len() {
        terminal.press("\x7f");
    }
    terminal.press("string(32)\r");
    terminal.asked(&["Another field?"]);
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"
Responsibility
  stakes             nothing
  purpose            Sells.
  capability         selling

Data
  entity             Order
    number           string(32)

[2/7] Data · 1 of 1 · Order
Another field?
>
[empty: no more · ? explains · Esc back]
"#]]
    );
}

#[test]
fn no_color_means_none() {
    let place = place();
    let mut terminal = Terminal::start(WIDE, &place.draft, &[("NO_COLOR", "1")]);
    terminal.asked(&["> annoyance"]);
    terminal.press(ENTER);
    terminal.asked(&["What is this backend for"]);
    terminal.press(ENTER);
    terminal.asked(&["! there is nothing here"]);
    terminal.press(CTRL_C);
    terminal.end();
    assert_eq!(attributes(&terminal.bytes()), Vec::<String>::new());
}

#[test]
fn colours_are_used_where_they_are_wanted() {
    let place = place();
    let terminal = Terminal::start(WIDE, &place.draft, &[]);
    terminal.asked(&["> annoyance"]);
    assert_ne!(attributes(&terminal.bytes()), Vec::<String>::new());
}

/// The sequences that set colours and other attributes.
fn attributes(bytes: &str) -> Vec<String> {
    bytes
        .split("\x1b[")
        .skip(1)
        .filter_map(|rest| rest.split_once('m'))
        .filter(|(code, _)| {
            code.chars()
                .all(|character| character.is_ascii_digit() || character == ';')
        })
        .map(|(code, _)| code.to_owned())
        .collect()
}

#[test]
fn a_dumb_terminal_is_asked_line_by_line() {
    let place = place();
    let mut terminal = Terminal::start(WIDE, &place.draft, &[("TERM", "dumb")]);
    terminal.asked_plainly("Enter for 2");
    terminal.press("9\r");
    terminal.asked_plainly("none of the options");
    terminal.press("1\r");
    terminal.asked_plainly("What is this backend for");
    terminal.press("back\r");
    terminal.asked_plainly("Enter for 1");
    terminal.press("quit\r");
    assert_eq!(terminal.end(), 0);
    assert!(!terminal.bytes().contains('\x1b'));
    snapbox::assert_data_eq!(
        terminal.contents(),
        str![[r#"
[1/7] Responsibility · 1 of 5
What does it cost when this is down or wrong for an hour?
A tool for three colleagues and a payment service should not be built alike: too
little care loses money, too much care never ships.
1. nothing: nobody would notice
2. annoyance: people grumble and wait · default
3. money: sales, refunds, penalties
4. harm: people or their data are hurt
(a number, Enter for 2, ? to explain, later to decide later, back, quit)
> 9
Error: `9` is none of the options: type a number from 1 to 4
> 1
Answered: stakes: nothing

[1/7] Responsibility · 2 of 3
What is this backend for, in one sentence?
A service whose purpose takes a paragraph collects whatever has no other home,
until every team has to change it and nobody can.
(? to explain, later to decide later, back, quit)
> back

[1/7] Responsibility · 1 of 3
What does it cost when this is down or wrong for an hour?
A tool for three colleagues and a payment service should not be built alike: too
little care loses money, too much care never ships.
1. nothing: nobody would notice
2. annoyance: people grumble and wait · default
3. money: sales, refunds, penalties
4. harm: people or their data are hurt
(a number, Enter for 1, ? to explain, later to decide later, back, quit)
> quit
ended: Cancelled
responsibility.stakes = nothing
"#]]
    );
}

#[test]
fn piped_input_is_read_line_by_line_and_its_end_interrupts() {
    let place = place();
    let mut child = std::process::Command::new(std::env::current_exe().expect("a path"))
        .args([
            "--exact",
            "session",
            "--nocapture",
            "--test-threads=1",
            "-q",
        ])
        .env(SESSION, &place.draft)
        .env("TERM", "xterm-256color")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("a session");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(b"\nKeeps notes.\n").expect("a pipe");
    drop(input);
    let output = child.wait_with_output().expect("a session");
    assert_eq!(output.status.code(), Some(130));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!told.contains('\x1b'), "{told}");
    assert!(
        told.contains("responsibility.purpose = Keeps notes."),
        "{told}"
    );
    let draft = std::fs::read_to_string(&place.draft).expect("a draft");
    assert_eq!(draft::split(&draft).0, "responsibility.owns 1");
}

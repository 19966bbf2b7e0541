//! Somebody else at the database: Python, which has SQLite in it and needs no compiler.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

const LOCK: &str = "
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute('BEGIN IMMEDIATE')
print('locked', flush=True)
sys.stdin.read()
database.execute('ROLLBACK')
";

const COUNT: &str = "
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
assert database.execute('PRAGMA integrity_check').fetchone() == ('ok',)
print(database.execute('SELECT count(*) FROM ' + sys.argv[2]).fetchone()[0])
";

const COPY: &str = "
import sqlite3, sys
sqlite3.connect(sys.argv[1]).backup(sqlite3.connect(sys.argv[2]))
";

fn run(script: &str, arguments: &[&str]) -> String {
    let output = Command::new("python3")
        .args(["-c", script])
        .args(arguments)
        .output()
        .expect("python3 runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// How many rows a table has, in a file that is whole.
pub(crate) fn count(database: &Path, table: &str) -> usize {
    let count = run(COUNT, &[text(database), table]);
    count.parse().expect("a number")
}

/// Copies a database that is in use.
pub(crate) fn copy(database: &Path, to: &Path) {
    run(COPY, &[text(database), text(to)]);
}

/// A writer that holds the lock until it is dropped.
pub(crate) struct Lock {
    child: Child,
    input: Option<ChildStdin>,
}

impl Lock {
    pub(crate) fn hold(database: &Path) -> Lock {
        let mut child = Command::new("python3")
            .args(["-c", LOCK, text(database)])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 runs");
        let output = child.stdout.take().expect("a pipe");
        let mut line = String::new();
        let read = BufReader::new(output).read_line(&mut line);
        assert!(read.is_ok() && line == "locked\n", "{line}");
        let input = child.stdin.take();
        Lock { child, input }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        drop(self.input.take());
        // It ends when its input does.
        let _ = self.child.wait();
    }
}

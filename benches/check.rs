//! `cargo kickoff check` as a whole process, on services of 10, 50 and 200 entities: as they were generated, and with every store changed.
//!
//! `cargo bench --bench check`. The bar is 150 ms for 50 entities.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "support/answers.rs"]
mod answers;
#[path = "support/median.rs"]
mod median;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const SIZES: [usize; 3] = [10, 50, 200];
const RUNS: usize = 40;

fn main() {
    println!("entities  files changed  median, ms  fastest, ms");
    for size in SIZES {
        let place = tempfile::tempdir().expect("a folder");
        let file = place.path().join("answers.toml");
        std::fs::write(&file, answers::answers_with_entities(size)).expect("a file");
        let mut new = kickoff(place.path());
        let status = new
            .args([
                "new",
                "large",
                "--answers",
                "answers.toml",
                "--yes",
                "--vcs",
                "none",
            ])
            .status();
        assert!(status.expect("it runs").success());
        let project = place.path().join("large");
        report(size, 0, &project);
        let stores = std::fs::read_dir(project.join("src/store")).expect("a folder");
        let mut changed = 0;
        for store in stores {
            let path = store.expect("an entry").path();
            let text = std::fs::read_to_string(&path).expect("text");
            std::fs::write(&path, text + "\n// Changed.\n").expect("a file");
            changed += 1;
        }
        report(size, changed, &project);
    }
}

fn report(size: usize, changed: usize, project: &Path) {
    let mut runs: Vec<f64> = (0..RUNS)
        .map(|_| {
            let begin = Instant::now();
            let status = kickoff(project).args(["check"]).status();
            assert!(status.expect("it runs").success());
            begin.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    let middle = median::median(&mut runs);
    println!(
        "{size:>8}  {changed:>13}  {middle:>10.1}  {:>11.1}",
        runs[0]
    );
}

fn kickoff(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-kickoff"));
    command
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

//! Whole processes side by side: `cargo kickoff new` against `cargo new` and, where they are installed, other generators.
//!
//! `cargo bench --bench new`. Runs alternate (ours, theirs, ours, theirs, …), each in a fresh folder, after a warm-up; a ratio is taken
//! from each pair of neighbours, so that whatever else the machine does weighs on both. Below 1 is faster than the rival.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "support/median.rs"]
mod median;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use tempfile::TempDir;

const KICKOFF: &str = env!("CARGO_BIN_EXE_cargo-kickoff");
const WARM_UPS: usize = 3;
const ROUNDS: usize = 40;

/// A command that makes a new project in the folder it is started in.
struct Contender {
    label: &'static str,
    program: PathBuf,
    arguments: Vec<OsString>,
}

fn main() {
    let cargo = found("cargo");
    let template = template();
    let rivals = [
        cargo.as_ref().map(|cargo| {
            contender(
                "cargo new --vcs none",
                cargo,
                &["new", "--vcs", "none", "demo"],
            )
        }),
        cargo
            .as_ref()
            .map(|cargo| contender("cargo new", cargo, &["new", "demo"])),
        cargo_generate(template.path()),
        loco(),
    ];
    let [bare_rival, git_rival, ..] = &rivals;
    let bare = ours("new --yes --vcs none", &["--yes", "--vcs", "none"]);
    let git = ours("new --yes", &["--yes"]);
    let orders = ours(
        "new --example orders --vcs none",
        &["--example", "orders", "--vcs", "none"],
    );
    let mut pairs = Vec::new();
    pairs.extend(bare_rival.as_ref().map(|rival| (&bare, rival)));
    pairs.extend(git_rival.as_ref().map(|rival| (&git, rival)));
    pairs.extend(bare_rival.as_ref().map(|rival| (&orders, rival)));
    pairs.extend(rivals[2..].iter().flatten().map(|rival| (&bare, rival)));
    let through_cargo = cargo.as_ref().map(|cargo| {
        let arguments = ["kickoff", "new", "--yes", "--vcs", "none", "demo"];
        contender("cargo kickoff new …", cargo, &arguments)
    });
    pairs.extend(through_cargo.as_ref().zip(bare_rival.as_ref()));

    println!(
        "{:<32} {:<22} {:>8} {:>8}   {:>5} {:>6} {:>5}   {:>5}",
        "ours", "theirs", "ours ms", "their ms", "min", "median", "max", "CPU"
    );
    for (ours, theirs) in pairs {
        compare(ours, theirs);
    }
    println!("\npeak memory, MiB");
    let all = [&bare, &git, &orders]
        .into_iter()
        .chain(rivals.iter().flatten());
    for contender in all {
        match peak_mebibytes(contender) {
            Some(peak) => println!("{:<32} {peak:>6.1}", contender.label),
            None => println!(
                "{:<32} not measured: no GNU `/usr/bin/time`",
                contender.label
            ),
        }
    }
}

fn contender(label: &'static str, program: &Path, arguments: &[&str]) -> Contender {
    Contender {
        label,
        program: program.to_owned(),
        arguments: arguments.iter().map(OsString::from).collect(),
    }
}

fn ours(label: &'static str, options: &[&str]) -> Contender {
    let arguments: Vec<_> = ["new", "demo"]
        .into_iter()
        .chain(options.iter().copied())
        .collect();
    contender(label, Path::new(KICKOFF), &arguments)
}

fn cargo_generate(template: &Path) -> Option<Contender> {
    let program = found("cargo-generate")?;
    let mut rival = contender(
        "cargo generate",
        &program,
        &["generate", "--silent", "--vcs", "none", "--name", "demo"],
    );
    rival.arguments.push("--path".into());
    rival.arguments.push(template.into());
    Some(rival)
}

fn loco() -> Option<Contender> {
    let program = found("loco")?;
    let options = "new --name demo --path . --db sqlite --bg async --assets none";
    let options: Vec<_> = options.split(' ').collect();
    Some(contender("loco new", &program, &options))
}

/// The smallest template that makes a package.
fn template() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(folder.path().join("src")).expect("a folder");
    let manifest =
        "[package]\nname = \"{{project-name}}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    std::fs::write(folder.path().join("Cargo.toml"), manifest).expect("a manifest");
    std::fs::write(folder.path().join("src/main.rs"), "fn main() {}\n").expect("a source file");
    folder
}

/// A program on the path; says so where there is none.
fn found(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file());
    if found.is_none() {
        println!("skipped: `{program}` is not installed");
    }
    found
}

/// The command in a folder, in the environment of a person's shell rather than that of `cargo bench`.
fn command(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let set_by_cargo = text.starts_with("CARGO") && text != "CARGO_HOME";
        if set_by_cargo
            || text.ends_with("LIBRARY_PATH")
            || ["RUSTUP_TOOLCHAIN", "RUST_RECURSION_COUNT"].contains(&text.as_ref())
        {
            command.env_remove(&name);
        }
    }
    let mut path = vec![
        Path::new(KICKOFF)
            .parent()
            .expect("a program is in a folder")
            .to_owned(),
    ];
    path.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    command
        .env(
            "PATH",
            std::env::join_paths(path).expect("taken from a path"),
        )
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Seconds on the clock and of CPU.
fn run(contender: &Contender) -> (f64, Option<f64>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut command = command(&contender.program, folder.path());
    command.args(&contender.arguments);
    let cpu = cpu_seconds_of_children();
    let start = Instant::now();
    let status = command.status().expect("the program starts");
    let wall = start.elapsed().as_secs_f64();
    let cpu = cpu_seconds_of_children()
        .zip(cpu)
        .map(|(after, before)| after - before);
    assert!(status.success(), "{} fails: {status}", contender.label);
    assert!(
        folder.path().join("demo/Cargo.toml").exists(),
        "{} made no package",
        contender.label
    );
    (wall, cpu)
}

/// What the kernel counts for children that have ended, on Linux. It comes in steps of 10 ms: only sums over many runs mean something.
fn cpu_seconds_of_children() -> Option<f64> {
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in brackets, can hold blanks.
    let fields: Vec<_> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(13)? + ticks(14)?) / TICKS_PER_SECOND)
}

fn compare(ours: &Contender, theirs: &Contender) {
    for _ in 0..WARM_UPS {
        run(ours);
        run(theirs);
    }
    let (mut walls, mut ratios) = ([Vec::new(), Vec::new()], Vec::new());
    let mut cpu = [Some(0.0), Some(0.0)];
    for _ in 0..ROUNDS {
        let pair = [run(ours), run(theirs)];
        for (at, (wall, used)) in pair.into_iter().enumerate() {
            walls[at].push(wall);
            cpu[at] = cpu[at].zip(used).map(|(sum, used)| sum + used);
        }
        ratios.push(pair[0].0 / pair[1].0);
    }
    let [our_wall, their_wall] = walls.map(|mut walls| median::median(&mut walls) * 1e3);
    let middle = median::median(&mut ratios);
    let cpu = match cpu {
        [Some(ours), Some(theirs)] if theirs > 0.0 => format!("{:.2}", ours / theirs),
        _ => "–".to_owned(),
    };
    println!(
        "{:<32} {:<22} {our_wall:>8.1} {their_wall:>8.1}   {:>5.2} {middle:>6.2} {:>5.2}   {cpu:>5}",
        ours.label,
        theirs.label,
        ratios[0],
        ratios[ratios.len() - 1]
    );
}

/// The largest resident set of the process and those it starts.
fn peak_mebibytes(contender: &Contender) -> Option<f64> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let report = folder.path().join("peak");
    let status = command(Path::new("/usr/bin/time"), folder.path())
        .args(["-f", "%M", "-o"])
        .arg(&report)
        .arg(&contender.program)
        .args(&contender.arguments)
        .status()
        .ok()?;
    let kibibytes: f64 = std::fs::read_to_string(report).ok()?.trim().parse().ok()?;
    status.success().then_some(kibibytes / 1024.0)
}

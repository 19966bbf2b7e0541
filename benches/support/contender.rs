//! The two services that are measured: laid out, built, started.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use cargo_kickoff::answers::file;
use cargo_kickoff::blueprint::{Blueprint, Setting};
use cargo_kickoff::skeleton::{OwnSkeleton, lay};
use tempfile::TempDir;

use crate::load::{Connection, request};

/// The packages of the two, and a file of each with a handler in it.
pub(crate) const GENERATED: (&str, &str) = ("measured", "src/api/item.rs");
pub(crate) const BY_HAND: (&str, &str) = ("by-hand", "src/main.rs");

/// Writes both below a folder, with the same lock file and the same migration.
pub(crate) fn write(home: &Path) {
    let answers = file::read(include_str!("measured.toml"), "measured.toml").expect("answers");
    let blueprint = Blueprint::draw(&answers, Setting::Standalone).expect("answers agree");
    let tree = lay(&blueprint, &OwnSkeleton::default()).expect("skeletons render");
    let by_hand = [
        ("Cargo.toml", include_str!("by_hand/Cargo.toml")),
        ("src/main.rs", include_str!("by_hand/src/main.rs")),
    ];
    let shared = ["Cargo.lock", "migrations/0001_create_items.sql"];
    let shared = shared.map(|path| (path, tree.get(path).expect("it is generated")));
    let generated = tree.iter().map(|(path, text)| (path.as_str(), text));
    put(&home.join(GENERATED.0), generated);
    put(&home.join(BY_HAND.0), by_hand.into_iter().chain(shared));
}

fn put<'a>(folder: &Path, files: impl Iterator<Item = (&'a str, &'a str)>) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        // What is the same keeps its time, so that Cargo does not build it again.
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            continue;
        }
        fs::write(path, text).expect("the file can be written");
    }
}

/// Cargo in one of the two packages.
pub(crate) fn cargo(home: &Path, package: &str, target: &Path, arguments: &[&str]) {
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(home.join(package))
        .env("CARGO_TARGET_DIR", target)
        .arg("build")
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("Cargo starts");
    assert!(status.success(), "{package}: `cargo build` fails");
}

/// A release build of one of the two.
pub(crate) fn build(home: &Path, package: &str) -> PathBuf {
    let target = home.join("target");
    cargo(home, package, &target, &["--release"]);
    let file = format!("{package}{}", std::env::consts::EXE_SUFFIX);
    target.join("release").join(file)
}

/// A service that runs on a new database, until it is dropped.
pub(crate) struct Service {
    child: Child,
    pub address: SocketAddr,
    _folder: TempDir,
}

impl Service {
    pub(crate) fn start(binary: &Path) -> Self {
        // In memory where there is such a folder: what a disk takes for a commit is the same for both, and hides all else.
        let memory = Path::new("/dev/shm");
        let folder = match memory.is_dir() {
            true => tempfile::tempdir_in(memory),
            false => tempfile::tempdir(),
        };
        let folder = folder.expect("a temporary folder");
        let address = free_address();
        let database = folder.path().join("service.db");
        let child = Command::new(binary)
            .env("APP_LISTEN", address.to_string())
            .env("APP_ADMIN_LISTEN", free_address().to_string())
            .env("APP_DATABASE_URL", format!("sqlite:{}", database.display()))
            // A service under load writes its log somewhere; a file is the cheapest of the real places.
            .stdout(fs::File::create(folder.path().join("log")).expect("a file"))
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the service starts");
        let service = Self {
            child,
            address,
            _folder: folder,
        };
        service.wait();
        service
    }

    fn wait(&self) {
        let begin = Instant::now();
        let ready = request("GET", "/health/ready", "", "");
        loop {
            assert!(
                begin.elapsed() < Duration::from_secs(20),
                "it does not get ready"
            );
            let listens = std::net::TcpStream::connect(self.address).is_ok();
            if listens && Connection::open(self.address).ask(&ready).0 == 200 {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Seconds of CPU so far, on Linux. They come in steps of 10 ms: only sums over many requests mean something.
    pub(crate) fn cpu_seconds(&self) -> Option<f64> {
        const TICKS_PER_SECOND: f64 = 100.0;
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        let fields: Vec<_> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
        Some((ticks(11)? + ticks(12)?) / TICKS_PER_SECOND)
    }

    /// What the process holds in memory, on Linux.
    pub(crate) fn mebibytes(&self) -> Option<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
        Some(kibibytes / 1024.0)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_address() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("it is bound")
}

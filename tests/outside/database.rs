//! Somebody else locks the file, takes it away, or puts another in its place.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::program::{Program, binary_size};
use crate::python::{self, Lock};
use crate::scenario;

/// The deadline of a request in all of these.
const DEADLINE: Duration = Duration::from_secs(4);
const SETTINGS: [(&str, &str); 2] = [("APP_REQUEST_TIMEOUT", "4s"), ("APP_DRAIN_DELAY", "0s")];

#[test]
fn it_starts_small_and_soon() {
    scenario("starts", || {
        let program = Program::start(&[]);
        thread::sleep(Duration::from_secs(1));
        let (memory, size) = (program.memory(), binary_size());
        assert!(size < 12_000_000, "{size} bytes");
        assert!(memory < 15 * 1024, "{memory} KiB");
        let ready = program.ready_after;
        format!("ready after {ready:.0?}, {memory} KiB idle, binary of {size} bytes")
    });
}

#[test]
fn locked_by_somebody_else_writes_are_refused_in_time_and_reads_go_on() {
    scenario("locked", || {
        let program = Program::start(&SETTINGS);
        assert_eq!(program.create(0).status, 201);
        let lock = Lock::hold(&program.database());
        let start = Instant::now();
        let (writes, reads) = thread::scope(|threads| {
            let writes: Vec<_> = (1..=8)
                .map(|number| {
                    let program = &program;
                    threads.spawn(move || program.create(number).status)
                })
                .collect();
            let mut reads = 0;
            while writes.iter().any(|write| !write.is_finished()) {
                assert_eq!(program.status("GET /customers"), 200);
                reads += 1;
            }
            let writes = writes.into_iter();
            let writes: Vec<u16> = writes
                .map(|write| write.join().expect("no panic"))
                .collect();
            (writes, reads)
        });
        let took = start.elapsed();
        assert!(writes.iter().all(|status| *status == 503), "{writes:?}");
        assert!(took < DEADLINE, "{took:?}");
        assert_eq!(program.status("GET /health/ready"), 200);
        drop(lock);
        for number in 1..=8 {
            assert_eq!(program.create(number).status, 201);
        }
        format!("8 writes 503 within {took:.1?}, {reads} reads 200, then 8 of 8 with the same keys")
    });
}

#[test]
fn a_file_that_is_gone_is_noticed_and_found_again() {
    scenario("deleted", || {
        let mut program = Program::start(&SETTINGS);
        assert_eq!(program.create(0).status, 201);
        let (file, away) = (
            program.database(),
            program.database().with_extension("away"),
        );
        fs::rename(&file, &away).expect("moved");
        assert_out_of_order(&program);
        fs::rename(&away, &file).expect("moved back");
        let again = program.until_ready();
        assert_eq!(program.create(1).status, 201);
        assert_eq!(python::count(&file, "customers"), 2);

        remove_all(&file);
        assert_out_of_order(&program);
        program.signal("-TERM");
        assert_eq!(program.end().code(), Some(0));
        remove_all(&file);
        program.restart();
        assert_eq!(program.create(2).status, 201);
        assert_eq!(python::count(&file, "customers"), 1);
        format!("503 while it is away, ready {again:.0?} after its return, else after a restart")
    });
}

#[test]
fn another_file_in_its_place_is_noticed_and_used_after_a_restart() {
    scenario("replaced", || {
        let mut program = Program::start(&SETTINGS);
        for number in 0..20 {
            assert_eq!(program.create(number).status, 201);
        }
        let (file, copy) = (
            program.database(),
            program.database().with_extension("copy"),
        );
        python::copy(&file, &copy);
        assert_eq!(program.create(20).status, 201);
        fs::rename(&copy, &file).expect("replaced");
        assert_out_of_order(&program);
        program.signal("-TERM");
        assert_eq!(program.end().code(), Some(0));
        // The log belongs to the file that was there before.
        for path in beside(&file) {
            let _ = fs::remove_file(path);
        }
        program.restart();
        assert_eq!(python::count(&file, "customers"), 20);
        assert_eq!(program.create(20).status, 201);
        let again = program.create(19);
        assert_eq!(again.status, 201);
        assert_eq!(python::count(&file, "customers"), 21);
        "503 until a restart, then the 20 records and keys of the copy".to_owned()
    });
}

/// It lives, is not ready, and neither reads nor writes.
fn assert_out_of_order(program: &Program) {
    assert_eq!(program.status("GET /health/live"), 200);
    assert_eq!(program.status("GET /health/ready"), 503);
    assert_eq!(program.status("GET /customers"), 503);
    assert_eq!(program.create(99).status, 503);
}

/// What SQLite keeps beside its file.
fn beside(file: &Path) -> [PathBuf; 2] {
    ["db-wal", "db-shm"].map(|extension| file.with_extension(extension))
}

fn remove_all(file: &Path) {
    // After a stop there may be nothing left.
    let _ = fs::remove_file(file);
    for path in beside(file) {
        let _ = fs::remove_file(path);
    }
}

//! How much is read of the records of real repositories: `KICKOFF_ADR_REAL=<folder of checkouts> cargo test --test adr real -- --nocapture`.

use std::fs;

use camino::Utf8PathBuf;
use cargo_kickoff::adr::edit::{EditError, set_status, supersede};
use cargo_kickoff::adr::folder::{Folder, discover};
use cargo_kickoff::adr::walk::walk;
use cargo_kickoff::adr::{Reading, Record, Standing, Status, StatusMention};

#[test]
fn real_repositories() {
    let Some(root) = std::env::var_os("KICKOFF_ADR_REAL") else {
        return;
    };
    let root = Utf8PathBuf::try_from(std::path::PathBuf::from(root)).expect("a UTF-8 path");
    let mut names: Vec<String> = fs::read_dir(&root)
        .expect("the folder of checkouts")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    let mut total = Counts::default();
    println!(
        "folder | records | title | number or date | status | says no status | two statuses | next | dialect"
    );
    for name in names {
        for folder in discover(walk(&root.join(&name)).expect("readable files")) {
            let counts = Counts::of(&folder);
            println!(
                "{name}/{} | {} | {} | {} | {} | {} | {} | {:?} | {}",
                folder.path,
                counts.records,
                counts.titles,
                counts.numbers,
                counts.statuses,
                counts.silent,
                counts.disagreeing,
                folder.next_number(&[]),
                folder.house.dialect.name()
            );
            folder.records.iter().for_each(report);
            for duplicate in folder.duplicates() {
                let count = duplicate.paths.len();
                println!("    {} names {count} records", duplicate.number);
            }
            for other in &folder.others {
                println!("    other: {} {:?}", other.path, other.reading);
            }
            total.add(&counts);
        }
    }
    println!("{total:?}");
    // Of a record that says no status none can be read.
    let sayable = total.records - total.silent;
    assert!(total.complete * 100 >= sayable * 95, "{total:?}");
}

#[derive(Debug, Default)]
struct Counts {
    records: usize,
    titles: usize,
    numbers: usize,
    statuses: usize,
    silent: usize,
    disagreeing: usize,
    complete: usize,
}

impl Counts {
    fn of(folder: &Folder) -> Counts {
        let mut counts = Counts::default();
        for record in &folder.records {
            let title = usize::from(record.title().is_some());
            let is_numbered = record.number().is_some() || is_dated(record);
            let number = usize::from(is_numbered);
            let standing = record.fields().map(|fields| fields.standing());
            let says = standing.is_some_and(|standing| standing != Standing::Unsaid);
            let status = usize::from(says);
            counts.add(&Counts {
                records: 1,
                titles: title,
                numbers: number,
                statuses: status,
                silent: usize::from(!says && !labels_a_status(record)),
                disagreeing: usize::from(standing == Some(Standing::Disagrees)),
                complete: title * number * status,
            });
        }
        counts
    }

    fn add(&mut self, other: &Counts) {
        self.records += other.records;
        self.titles += other.titles;
        self.numbers += other.numbers;
        self.statuses += other.statuses;
        self.silent += other.silent;
        self.disagreeing += other.disagreeing;
        self.complete += other.complete;
    }
}

/// Named by its date, as log4brains does.
fn is_dated(record: &Record) -> bool {
    let name = record.path.file_name().unwrap_or_default();
    name.bytes().take(8).filter(u8::is_ascii_digit).count() == 8
}

/// A second opinion, coarser than the reader: a line or heading that begins with "status" and is followed by a word.
fn labels_a_status(record: &Record) -> bool {
    let text = String::from_utf8_lossy(&record.bytes).to_lowercase();
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    while let Some(line) = lines.next() {
        let words = line.trim_start_matches(|c: char| !c.is_alphabetic());
        let is_label = words.strip_prefix("status").is_some_and(|rest| {
            rest.trim_start_matches(['*', '_', ' '])
                .starts_with([':', '|'])
                || rest.trim().is_empty()
        });
        let is_open = |line: &str| line.contains('{') || line.trim_start().starts_with('>');
        if is_label && !lines.next().is_some_and(is_open) {
            return true;
        }
    }
    false
}

#[expect(clippy::print_stdout, reason = "the misses are what this run is for")]
fn report(record: &Record) {
    let Some(fields) = record.fields() else {
        if let Reading::Opaque { reason, .. } = &record.reading {
            println!("    {}: {reason}", record.path);
        }
        return;
    };
    let said: Vec<String> = fields
        .statuses
        .iter()
        .map(|mention| {
            format!(
                "{}={:?} {:?}",
                mention.token.value, mention.status, mention.place
            )
        })
        .collect();
    let is_known = |mention: &StatusMention| mention.status != Status::Other;
    let is_clear = fields.standing() != Standing::Unsaid
        && fields.standing() != Standing::Disagrees
        && fields.statuses.iter().all(is_known);
    if fields.title.is_none() || record.number().is_none() && !is_dated(record) || !is_clear {
        println!(
            "    {}: title {:?}, number {:?}, {said:?}",
            record.path,
            record.title(),
            record.number().map(ToString::to_string),
        );
    }
}

/// Every status is changed, and every record is superseded by its neighbour, or the reason why not is one that a person can act on.
#[test]
fn edits_of_real_records_are_right_or_refused() {
    let Some(root) = std::env::var_os("KICKOFF_ADR_REAL") else {
        return;
    };
    let root = Utf8PathBuf::try_from(std::path::PathBuf::from(root)).expect("a UTF-8 path");
    let (mut changed, mut replaced, mut failed) = (0, 0, Vec::new());
    for name in fs::read_dir(&root).expect("the folder of checkouts") {
        let name = name.expect("an entry").file_name().into_string();
        let checkout = root.join(name.expect("a UTF-8 name"));
        for folder in discover(walk(&checkout).expect("readable files")) {
            let words = &folder.house.vocabulary;
            for pair in folder.records.windows(2) {
                match set_status(&pair[0], Status::Rejected, words) {
                    Ok(_) => changed += 1,
                    Err(EditError::NotVerified { .. }) => {
                        failed.push(format!("set {}", pair[0].path))
                    }
                    Err(_) => {}
                }
                match supersede(&pair[0], &pair[1], words) {
                    Ok(_) => replaced += 1,
                    Err(EditError::NotVerified { wanted, path }) => {
                        failed.push(format!("{wanted} in {path}"))
                    }
                    Err(_) => {}
                }
            }
        }
    }
    println!("{changed} changed, {replaced} superseded");
    assert_eq!(failed, [""; 0]);
}

//! How much is read of the records of real repositories: `KICKOFF_ADR_REAL=<folder of checkouts> cargo test --test adr real -- --nocapture`.

use std::fs;

use camino::Utf8PathBuf;
use cargo_kickoff::adr::folder::{Folder, discover};
use cargo_kickoff::adr::record::Reading;
use cargo_kickoff::adr::walk::walk;
use cargo_kickoff::adr::{Record, Standing};

#[test]
#[expect(clippy::print_stdout, reason = "the table is what this run is for")]
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
    println!("folder | records | title | number | status | two statuses | next | dialect");
    for name in names {
        for folder in discover(walk(&root.join(&name)).expect("readable files")) {
            let counts = Counts::of(&folder);
            let next = folder.next_number(&[]);
            println!(
                "{name}/{} | {} | {} | {} | {} | {} | {next:?} | {}",
                folder.path,
                counts.records,
                counts.titles,
                counts.numbers,
                counts.statuses,
                counts.disagreeing,
                folder.house.dialect.name()
            );
            for record in &folder.records {
                report(record);
            }
            for duplicate in folder.duplicates() {
                println!(
                    "    {} names {} records",
                    duplicate.number,
                    duplicate.paths.len()
                );
            }
            for other in &folder.others {
                println!("    other: {} {:?}", other.path, other.reading);
            }
            total.add(&counts);
        }
    }
    println!("{total:?}");
    assert!(total.complete * 100 >= total.records * 95, "{total:?}");
}

#[derive(Debug, Default)]
struct Counts {
    records: usize,
    titles: usize,
    numbers: usize,
    statuses: usize,
    disagreeing: usize,
    complete: usize,
}

impl Counts {
    fn of(folder: &Folder) -> Counts {
        let mut counts = Counts::default();
        for record in &folder.records {
            let title = usize::from(record.title().is_some());
            let number = usize::from(record.number().is_some());
            let standing = record.fields().map(|fields| fields.standing());
            let status = usize::from(standing.is_some_and(|standing| standing != Standing::Unsaid));
            counts.add(&Counts {
                records: 1,
                titles: title,
                numbers: number,
                statuses: status,
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
        self.disagreeing += other.disagreeing;
        self.complete += other.complete;
    }
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
    let is_other = fields
        .statuses
        .iter()
        .any(|mention| mention.status == cargo_kickoff::adr::Status::Other);
    if fields.title.is_none()
        || record.number().is_none()
        || fields.standing()
            != Standing::Said(
                fields
                    .statuses
                    .first()
                    .map_or(cargo_kickoff::adr::Status::Other, |mention| mention.status),
            )
        || is_other
    {
        println!(
            "    {}: title {:?}, number {:?}, {said:?}",
            record.path,
            record.title(),
            record.number().map(ToString::to_string),
        );
    }
}

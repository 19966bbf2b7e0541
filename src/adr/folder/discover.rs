//! Which folders hold decision records: by what is in the files, not by one name.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::super::paths;
use super::super::read::kind::{is_in_telling_folder, is_telling_name};
use super::super::read::{read, read_declared};
use super::super::record::{NumberPlace, Other, Reading, Record};
use super::super::walk::File;
use super::{Folder, house, index, naming, policy, seat};

/// Folders of proposals: they look alike, and what stands in them is not decided.
const NOT_DECISIONS: &[&str] = &[
    "rfc",
    "rfcs",
    "rfd",
    "rfds",
    "proposals",
    "proposal",
    "enhancements",
    "keps",
    "peps",
    "specs",
    "spec",
    "plans",
    "tasks",
    "issues",
];

/// The folders of records among the files of a workspace, by path. Files in folders without records are not kept.
///
/// A folder counts where two files read as records, or one in a folder with a telling name (`adr`, `decisions`), or where
/// `.adr-dir` or `.log4brains.yml` names it. Records below a folder of records belong to it.
pub fn discover(files: Vec<File>) -> Vec<Folder> {
    let declared = declared(&files);
    let records: Vec<Record> = files
        .into_iter()
        .filter(|file| !is_pointer(&file.path))
        .map(|file| {
            let is_declared = declared.iter().any(|folder| file.path.starts_with(folder));
            let read = if is_declared { read_declared } else { read };
            read(&file.path, file.bytes)
        })
        .collect();
    let homes = homes(&records, &declared);
    let mut members: BTreeMap<Utf8PathBuf, Vec<Record>> = homes
        .iter()
        .map(|home| (home.clone(), Vec::new()))
        .collect();
    for record in records {
        let mut above = record.path.ancestors().skip(1);
        let home = above.find_map(|folder| home_with(folder, &homes));
        if let Some(records) = home.and_then(|home| members.get_mut(&home)) {
            records.push(record);
        }
    }
    members
        .into_iter()
        .map(|(path, members)| folder(path, members))
        .collect()
}

/// The folder itself, or the one whose drafts are in it.
fn home_with(folder: &Utf8Path, homes: &BTreeSet<Utf8PathBuf>) -> Option<Utf8PathBuf> {
    let home = match homes.contains(folder) {
        true => folder.to_owned(),
        false => seat::home_of_drafts(folder)?,
    };
    homes.contains(&home).then_some(home)
}

/// A folder that somebody named as one of records, with those of `files` that are in it; it need not exist.
pub fn named(path: &Utf8Path, files: &[File]) -> Folder {
    let drafts = seat::drafts_of(path);
    let members = files
        .iter()
        .filter(|file| file.path.starts_with(path) || file.path.starts_with(&drafts))
        .filter(|file| !is_pointer(&file.path))
        .map(|file| read_declared(&file.path, file.bytes.clone()))
        .collect();
    folder(path.to_owned(), members)
}

fn folder(path: Utf8PathBuf, members: Vec<Record>) -> Folder {
    let (records, others): (Vec<Record>, Vec<Record>) = members
        .into_iter()
        .partition(|record| !matches!(record.reading, Reading::Other(_)));
    let template = others
        .iter()
        .find(|record| record.reading == Reading::Other(Other::Template))
        .map(|record| record.path.clone());
    let drafts = seat::drafts_of(&path);
    // A draft shows neither how files are numbered nor how a decision looks.
    let is_settled = |record: &&Record| !record.path.starts_with(&drafts);
    let settled = match records.iter().all(|record| is_settled(&record)) {
        true => Cow::Borrowed(&records),
        false => Cow::Owned(records.iter().filter(is_settled).cloned().collect()),
    };
    let house = house::of(&settled, &others);
    let indexes = index::of(&others);
    Folder {
        numbering: naming::numbering(&house, &records, &indexes),
        policy: policy::of(&others),
        path,
        records,
        others,
        house,
        template,
        indexes,
    }
}

fn is_pointer(path: &Utf8Path) -> bool {
    matches!(path.file_name(), Some(".adr-dir" | ".log4brains.yml"))
}

/// The folders that `.adr-dir` and `.log4brains.yml` name.
fn declared(files: &[File]) -> BTreeSet<Utf8PathBuf> {
    let mut declared = BTreeSet::new();
    for file in files {
        let Ok(text) = std::str::from_utf8(&file.bytes) else {
            continue;
        };
        let base = file.path.parent().unwrap_or(Utf8Path::new(""));
        let named: Vec<&str> = match file.path.file_name() {
            Some(".adr-dir") => text.lines().take(1).collect(),
            Some(".log4brains.yml") => text
                .lines()
                .filter_map(|line| {
                    line.trim()
                        .trim_start_matches("- ")
                        .strip_prefix("adrFolder:")
                })
                .collect(),
            _ => continue,
        };
        for name in named {
            let name = name.trim().trim_matches(['"', '\'']);
            declared.extend(paths::join(base, name).filter(|path| !path.as_str().is_empty()));
        }
    }
    declared
}

/// The folders that have records of their own or below.
fn homes(records: &[Record], declared: &BTreeSet<Utf8PathBuf>) -> BTreeSet<Utf8PathBuf> {
    let mut direct: BTreeMap<Utf8PathBuf, Vec<&Record>> = BTreeMap::new();
    for record in records {
        let is_one = record.fields().is_some()
            || record.number().is_some() && is_in_telling_folder(&record.path)
            || is_set_up(record);
        if is_one {
            direct.entry(home_of(record)).or_default().push(record);
        }
    }
    let mut homes: BTreeMap<Utf8PathBuf, Vec<&Record>> = BTreeMap::new();
    for (folder, members) in &direct {
        let home = gathered(folder, &direct, declared);
        homes.entry(home).or_default().extend(members);
    }
    let mut kept: BTreeSet<Utf8PathBuf> = homes
        .into_iter()
        .filter(|(path, members)| declared.contains(path) || is_folder_of_records(path, members))
        .map(|(path, _)| path)
        .collect();
    let is_there = |path: &Utf8PathBuf| records.iter().any(|record| record.path.starts_with(path));
    kept.extend(declared.iter().filter(|path| is_there(path)).cloned());
    kept
}

/// A template or an introduction shows a folder of records that has none yet.
fn is_set_up(record: &Record) -> bool {
    let folder = record
        .path
        .parent()
        .and_then(Utf8Path::file_name)
        .unwrap_or_default();
    if !is_telling_name(folder) {
        return false;
    }
    match record.reading {
        Reading::Other(Other::Template) => true,
        Reading::Other(Other::Readme) => {
            let text = String::from_utf8_lossy(&record.bytes).to_lowercase();
            text.contains("decision record") || text.contains("architectural decision")
        }
        _ => false,
    }
}

/// The folder of a record, or the one above for a record in a folder of its own.
fn home_of(record: &Record) -> Utf8PathBuf {
    let folder = record.path.parent().unwrap_or(Utf8Path::new(""));
    let in_own = record
        .number()
        .is_some_and(|number| number.place == NumberPlace::FolderName);
    let home = if in_own {
        folder.parent()
    } else {
        Some(folder)
    };
    home.unwrap_or(Utf8Path::new("")).to_owned()
}

/// The folder above that has records too, or that is telling and in which no two of the folders below use the same number.
fn gathered(
    folder: &Utf8Path,
    direct: &BTreeMap<Utf8PathBuf, Vec<&Record>>,
    declared: &BTreeSet<Utf8PathBuf>,
) -> Utf8PathBuf {
    let has_records = |home: &Utf8PathBuf| declared.contains(home) || direct.contains_key(home);
    if let Some(home) = seat::home_of_drafts(folder).filter(has_records) {
        return home;
    }
    let is_home =
        |path: &Utf8Path| declared.contains(path) || path.file_name().is_some_and(is_telling_name);
    if is_home(folder) {
        return folder.to_owned();
    }
    let Some(above) = folder.ancestors().skip(1).find(|path| is_home(path)) else {
        return folder.to_owned();
    };
    let has_own = declared.contains(above)
        || direct
            .get(above)
            .is_some_and(|records| records.iter().any(|record| record.fields().is_some()));
    if has_own || !collide_below(above, direct) {
        above.to_owned()
    } else {
        folder.to_owned()
    }
}

fn collide_below(above: &Utf8Path, direct: &BTreeMap<Utf8PathBuf, Vec<&Record>>) -> bool {
    let mut taken: BTreeMap<(u64, Option<char>, String), &Utf8Path> = BTreeMap::new();
    for (folder, records) in direct
        .iter()
        .filter(|(folder, _)| folder.starts_with(above))
    {
        for number in records.iter().filter_map(|record| record.number()) {
            let key = (number.value, number.letter, number.track());
            if taken
                .insert(key, folder)
                .is_some_and(|other| other != folder)
            {
                return true;
            }
        }
    }
    false
}

fn is_folder_of_records(path: &Utf8Path, members: &[&Record]) -> bool {
    let name = path.file_name().unwrap_or_default().to_lowercase();
    if is_telling_name(&name) || is_in_telling_folder(&path.join("record.md")) {
        return true;
    }
    !NOT_DECISIONS.contains(&name.as_str())
        && members
            .iter()
            .filter(|record| record.fields().is_some())
            .count()
            >= 2
}

//! Two generated services, whole, as their owners get them: a change to a skeleton is reviewed as the change to what it generates.
//!
//! `KICKOFF_OVERWRITE=1 cargo test --test golden` writes them anew; the difference in version control is what is to be read then.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cargo_kickoff::answers::{examples, file};
use cargo_kickoff::blueprint::{Blueprint, Setting};
use cargo_kickoff::skeleton::{OwnSkeleton, lay};

/// Two thousand lines that Cargo wrote and nobody reviews; the generated projects are built with it elsewhere.
const LEFT_OUT: &str = "Cargo.lock";

fn generated(example: &str) -> BTreeMap<String, String> {
    let text = examples::get(example).expect("the example is there");
    let answers = file::read(text, example).expect("the example can be read");
    let blueprint = Blueprint::draw(&answers, Setting::Standalone).expect("its answers agree");
    let tree = lay(&blueprint, &OwnSkeleton::default()).expect("skeletons render");
    let files = tree.iter().filter(|(path, _)| *path != LEFT_OUT);
    files
        .map(|(path, text)| (path.as_str().to_owned(), text.to_owned()))
        .collect()
}

fn kept(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inside = path.strip_prefix(folder).expect("it is below the folder");
            let name = inside.to_str().expect("UTF-8").replace('\\', "/");
            let text = fs::read_to_string(&path).expect("the file can be read");
            // A checkout on Windows may have turned the line ends.
            files.insert(name, text.replace("\r\n", "\n"));
        }
    }
    files
}

#[track_caller]
fn check(example: &str) {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "golden", example]
        .iter()
        .collect();
    let generated = generated(example);
    if std::env::var_os("KICKOFF_OVERWRITE").is_some() {
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("the old project can be removed");
        }
        for (name, text) in &generated {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
            fs::write(path, text).expect("the file can be written");
        }
        return;
    }
    let kept = kept(&folder);
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    let hint = "KICKOFF_OVERWRITE=1 cargo test --test golden writes it anew: review the difference";
    assert_eq!(names(&generated), names(&kept), "{example}; {hint}");
    for (name, text) in &generated {
        if *text != kept[name] {
            let diff = similar::TextDiff::from_lines(&kept[name], text);
            panic!("{example}/{name}; {hint}\n{}", diff.unified_diff());
        }
    }
}

#[test]
fn links_is_as_it_was_reviewed() {
    check("links");
}

#[test]
fn orders_is_as_it_was_reviewed() {
    check("orders");
}

//! A project that earlier skeletons generated is brought to the present ones.
//!
//! `tests/previous/baseline` is what the skeletons of commit 76c9281 made of a small service, laid as layers of a team's own by the
//! version after it (all but `database/src/database.rs`, which read numbers of migrations in another way). A baseline holds every file.

use std::collections::BTreeMap;

use cargo_kickoff::baseline::Baseline;

use crate::support::Place;

const FIXTURE: &[u8] = include_bytes!("../previous/baseline");

/// What a person did: a file, a text in it, and what stands there instead. Files that change between the versions are among them.
const EDITS: [(&str, &str, &str); 4] = [
    (
        "Cargo.toml",
        "[dependencies]\n",
        "[dependencies]\nmine = \"1\"\n",
    ),
    (
        "src/server.rs",
        "impl Lifecycle {\n",
        "impl Lifecycle {\n    pub fn mine(&self) {}\n\n",
    ),
    (
        "src/domain/book.rs",
        "impl From<Book>",
        "impl Book {\n    pub fn mine(&self) {}\n}\n\nimpl From<Book>",
    ),
    ("README.md", "# ", "<!-- mine -->\n\n# "),
];

/// The project as the earlier version left it.
fn previous(place: &Place) -> BTreeMap<String, String> {
    let mut baseline = Baseline::decode(FIXTURE).expect("a baseline");
    // They are the layers of that version, not of a team.
    baseline.origin.own_layers = false;
    "0.0.9".clone_into(&mut baseline.origin.kickoff);
    let mut files = BTreeMap::new();
    for (path, text) in baseline.iter() {
        place.write(&format!("shelf/{path}"), text);
        files.insert(path.to_string(), text.to_owned());
    }
    std::fs::create_dir_all(place.root.join("shelf/.kickoff")).expect("a folder");
    let path = place.root.join("shelf/.kickoff/baseline");
    std::fs::write(path, baseline.encode()).expect("it is written");
    files
}

#[test]
fn new_lines_are_merged_and_a_persons_stay() {
    let place = Place::new();
    let old = previous(&place);
    place.write("answers.toml", &old["kickoff.toml"]);
    let new = [
        "new",
        "fresh",
        "--name",
        "shelf",
        "--answers",
        "answers.toml",
        "--yes",
        "--vcs",
        "none",
    ];
    place.run(&new).expect(0);
    for (path, from, to) in EDITS {
        assert!(old[path].contains(from), "{path} has no {from}");
        place.write(&format!("shelf/{path}"), &old[path].replacen(from, to, 1));
    }
    place.write("shelf/src/mine.rs", "// mine\n");
    let update = |arguments: &[&str], code| {
        let all = [&["update", "--manifest-path", "shelf"], arguments].concat();
        place.run(&all).expect(code)
    };
    update(&["--check"], 4);
    update(&[], 0);
    update(&["--check"], 0);
    let mut changed = 0;
    for (path, old) in &old {
        let now = place.read(&format!("shelf/{path}"));
        let fresh = place.read(&format!("fresh/{path}"));
        changed += usize::from(fresh != *old);
        match EDITS.iter().find(|(edited, ..)| edited == path) {
            // What was generated before and what is generated now differ by what the person added.
            Some((_, from, to)) => assert_eq!(now, fresh.replacen(from, to, 1), "{path}"),
            None => assert_eq!(now, fresh, "{path}"),
        }
    }
    assert!(changed > 15, "the versions differ in {changed} files only");
    assert_eq!(place.read("shelf/src/mine.rs"), "// mine\n");
    let bytes = std::fs::read(place.root.join("shelf/.kickoff/baseline")).expect("a baseline");
    let baseline = Baseline::decode(&bytes).expect("a baseline");
    assert_eq!(baseline.origin.kickoff, env!("CARGO_PKG_VERSION"));
}

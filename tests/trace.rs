//! Every generated file is in every service, or some answer brings or shapes it.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use cargo_kickoff::answers::{Answers, Value, examples, file};
use cargo_kickoff::blueprint::{Blueprint, Setting};
use cargo_kickoff::question::catalog;
use cargo_kickoff::skeleton::{OwnSkeleton, Skeleton};
use cargo_kickoff::trace::place::{Place, places};
use cargo_kickoff::trace::reach::reach;

/// A service of which nobody said more than its name.
const NOTHING_SAID: &str =
    "format = 1\n[service]\nname = \"nothing-said\"\ncreated = \"2026-11-25\"\n";

fn answers(text: &str) -> Answers {
    file::read(text, "kickoff.toml").unwrap()
}

fn paths(answers: &Answers) -> BTreeSet<Utf8PathBuf> {
    let blueprint = Blueprint::draw(answers, Setting::Standalone).unwrap();
    let own = OwnSkeleton::default();
    let tree = Skeleton::new(&own).unwrap().lay(&blueprint, &|_| true);

    tree.unwrap()
        .iter()
        .map(|(path, _)| path.to_owned())
        .collect()
}

/// The files that no answer reaches. What is reached once is not looked at again.
fn unreached(answers: &Answers, mut files: BTreeSet<Utf8PathBuf>) -> BTreeSet<Utf8PathBuf> {
    let own = OwnSkeleton::default();
    let mut skeleton = Skeleton::new(&own).unwrap();
    let mut lay = |answers: &Answers, wanted: &dyn Fn(&Utf8Path) -> bool| {
        let blueprint = Blueprint::draw(answers, Setting::Standalone).ok()?;
        Some(skeleton.lay(&blueprint, wanted).unwrap())
    };
    let all = files.clone();
    let tree = lay(answers, &|path| all.contains(path)).unwrap();
    let mut places = places(answers);
    // Lists and their items bring the most.
    places.sort_by_key(|place| (!place.is_list(), Place::depth(place) != 1));
    for place in places {
        if files.is_empty() {
            break;
        }
        let wanted = files.clone();
        let reached = reach(
            answers,
            &place,
            &tree,
            &|path| wanted.contains(path),
            &mut lay,
        );
        files.retain(|path| !reached.contains_key(path));
    }
    files
}

#[test]
fn every_file_has_an_answer_or_is_in_every_service() {
    let texts = examples::names().map(|name| examples::get(name).unwrap());
    let examples = texts.map(answers);
    let mut every = paths(&answers(NOTHING_SAID));
    for example in &examples {
        every = &every & &paths(example);
    }
    assert!(
        every.contains(Utf8Path::new("src/telemetry.rs")),
        "{every:?}"
    );
    for example in &examples {
        let some = &paths(example) - &every;
        assert!(some.contains(Utf8Path::new("src/id.rs")), "{some:?}");
        let rest = unreached(example, some);
        // What is called for two reasons is there without either: an issuer of tokens is called as
        // well as other services.
        let mut open = example.clone();
        let access = catalog::question("communication.access").unwrap();
        open.give(access, Value::Text("open".to_owned()));
        let rest = &rest & &paths(&open);
        assert_eq!(unreached(&open, rest), BTreeSet::new(), "{}", example.name);
    }
}

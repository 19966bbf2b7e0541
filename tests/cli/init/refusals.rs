//! Where `init` runs, and where it names the way out.

use super::{init, package, refused, write_package};
use crate::support::{Place, Ran};

#[test]
fn a_workspace_names_its_packages() {
    let place = Place::new();
    place.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"services/*\"]\n",
    );
    write_package(&place, "services/orders/");
    place.write(
        "services/mails/Cargo.toml",
        "[package]\nname = \"mails\"\nversion = \"0.1.0\"\n",
    );
    place.write("services/mails/src/lib.rs", "");
    refused(
        &place,
        &["init", "--yes"],
        2,
        &[
            "workspace of 2 packages",
            "mails       services/mails",
            "`--package NAME`",
        ],
    );
    refused(
        &place,
        &["init", "--package", "mail", "--yes"],
        2,
        &["did you mean `mails`?"],
    );
    init(
        &place,
        &["--package", "shop-orders", "--yes"],
        "services/orders/",
    );
    init(&place, &["services/mails", "--yes"], "services/mails/");
    let mails = place.read("services/mails/kickoff.toml");
    assert!(!mails.contains("found, confirmed"), "{mails}");
}

#[test]
fn where_there_is_no_package_the_way_out_is_named() {
    let place = Place::new();
    refused(
        &place,
        &["init", "--yes"],
        2,
        &["no Cargo.toml in `[ROOT]`", "`cargo kickoff new PATH`"],
    );
    write_package(&place, "one/");
    refused(
        &place,
        &["init", "one/src", "--yes"],
        2,
        &["`cargo kickoff init [ROOT]/one`"],
    );
    place.write("broken/Cargo.toml", "[package\n");
    refused(
        &place,
        &["init", "broken", "--yes"],
        101,
        &["[ROOT]/broken/Cargo.toml", "not valid TOML"],
    );
    place.write("empty/Cargo.toml", "[workspace]\n");
    refused(
        &place,
        &["init", "empty", "--yes"],
        2,
        &["names no package"],
    );
}

#[test]
fn answers_that_are_there_are_not_overwritten() {
    let place = package();
    init(&place, &["--yes"], "");
    refused(
        &place,
        &["init", "--yes"],
        5,
        &[
            "stand in `[ROOT]/kickoff.toml` already",
            "`cargo kickoff ask`",
            "`cargo kickoff update`",
        ],
    );
    let place = Place::new();
    place.run(&["new", "orders", "--yes"]).expect(0);
    refused(
        &place,
        &["init", "orders", "--yes"],
        5,
        &["`cargo kickoff update`"],
    );
    std::fs::remove_file(place.root.join("orders/kickoff.toml")).expect("it is there");
    refused(
        &place,
        &["init", "orders", "--yes"],
        5,
        &["was generated", "version control"],
    );
}

/// Cargo cannot say who the members are, and the manifests are read instead.
#[test]
fn a_pinned_toolchain_that_is_missing_stops_nobody() {
    let place = package();
    place.write(
        "rust-toolchain.toml",
        "[toolchain]\nchannel = \"nightly-2015-05-15\"\n",
    );
    let mut command = place.command(&["init", "--yes"]);
    command.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN");
    Ran::of(command).expect(0);
    assert!(
        place
            .read("kickoff.toml")
            .contains("confirmed by nobody: postgresql")
    );
}

#[test]
fn without_a_terminal_missing_answers_are_listed() {
    let place = package();
    refused(
        &place,
        &["init"],
        2,
        &["responsibility.purpose", "data.entities", "`--yes`"],
    );
}

//! New members, where a case on disk is not enough.

use crate::support::{Place, Ran};

const ROOT: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"services/*\"]\n";

/// The toolchain that the repository pins is not there: Cargo cannot say who the members are, and the manifests are read instead.
#[test]
fn a_pinned_toolchain_that_is_missing_stops_nobody() {
    let place = Place::new();
    place.write("Cargo.toml", ROOT);
    place.write(
        "rust-toolchain.toml",
        "[toolchain]\nchannel = \"nightly-2015-05-15\"\n",
    );
    let mut command = place.command(&["new", "services/orders", "--yes"]);
    // Set by the Cargo that runs the tests, they would choose a toolchain that is there.
    command.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN");
    let ran = Ran::of(command).expect(0);
    assert!(
        ran.stderr.contains("Created experiment `orders`"),
        "{}",
        ran.stderr
    );
    assert!(!place.root.join("services/orders/Cargo.lock").exists());
    assert_eq!(place.read("Cargo.toml"), ROOT);
    assert_eq!(place.fault_of_member("services/orders"), None);
}

#[test]
fn a_cargo_that_is_missing_stops_nobody() {
    let place = Place::new();
    place.write("Cargo.toml", ROOT);
    let mut command = place.command(&["new", "services/orders", "--yes"]);
    command.env("CARGO", "/nowhere/cargo");
    Ran::of(command).expect(0);
    assert_eq!(place.fault_of_member("services/orders"), None);
}

#[test]
fn several_members_stand_side_by_side() {
    let place = Place::new();
    place.write("Cargo.toml", "[workspace]\nresolver = \"3\"\n");
    for example in ["orders", "links", "tickets"] {
        place.run(&["new", example, "--example", example]).expect(0);
    }
    place.run(&["new", "one-more", "--yes"]).expect(0);
    assert_eq!(
        place.read("Cargo.toml"),
        "[workspace]\nmembers = [\"links\", \"one-more\", \"orders\", \"tickets\"]\nresolver = \"3\"\n"
    );
    for member in ["orders", "links", "tickets", "one-more"] {
        assert_eq!(place.fault_of_member(member), None);
        for file in [".git", ".gitignore", "Cargo.lock"] {
            assert!(
                !place.root.join(member).join(file).exists(),
                "{member}/{file}"
            );
        }
    }
}

/// Cargo would refuse every command in such a workspace.
#[test]
fn a_member_with_the_name_of_another_is_refused_however_it_is_named() {
    let place = Place::new();
    place.write("Cargo.toml", ROOT);
    place.run(&["new", "services/orders", "--yes"]).expect(0);
    let before = place.snapshot();
    let ran = place
        .run(&["new", "services/others", "--name", "orders", "--yes"])
        .expect(2);
    assert!(
        ran.stderr.contains("has a package `orders` already"),
        "{}",
        ran.stderr
    );
    assert_eq!(place.snapshot(), before);
}

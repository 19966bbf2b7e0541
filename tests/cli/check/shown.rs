//! How findings are shown, and what the command line takes.

use snapbox::str;

use super::Shop;

#[test]
fn findings_look_like_those_of_rustc() {
    let shop = Shop::new();
    shop.edit(
        "Cargo.toml",
        "[dependencies]\n",
        "[dependencies]\nmoka = \"0.12\"\n",
    );
    let ran = shop.check(&[], None).expect(4);
    assert_eq!(ran.stdout, "");
    let first = ran.stderr.split("\n\n").next().unwrap_or_default();
    snapbox::assert_data_eq!(
        first,
        str![[r#"
error[KD0301]: `moka` brings moka, in the process, and `ownership.caching` is `none`
  --> Cargo.toml:10:1
   |
10 | moka = "0.12"
   | ^^^^^^^^^^^^^
   |
  ::: kickoff.toml:27:1
   |
27 | caching = "none"
   | ---------------- the answers
   |
   = help: answer it: `cargo kickoff ask ownership.caching`
   = help: or take `moka` out
   = help: or answer for it in `kickoff.toml`: `[[exception]]` with `code = "KD0301"`, `subject = "moka"`, a `reason` and an `owner`
"#]]
    );
}

#[test]
fn warnings_fail_a_strict_check_only() {
    let shop = Shop::new();
    let ran = shop.check(&[], None).expect(0);
    assert!(ran.stderr.contains("warning[KD0501]"), "{}", ran.stderr);
    let ran = shop.check(&["--strict"], None).expect(4);
    assert!(ran.stderr.contains("error[KD0501]"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("warning["), "{}", ran.stderr);
}

#[test]
fn a_quiet_check_still_says_what_it_found() {
    let ran = Shop::new().check(&["--quiet"], None).expect(0);
    assert!(ran.stderr.starts_with("warning[KD0501]"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("Checked"), "{}", ran.stderr);
}

#[test]
fn a_code_is_explained_anywhere() {
    let place = crate::support::Place::new();
    let ran = place.run(&["check", "--explain", "kd0301"]).expect(0);
    assert!(
        ran.stdout
            .starts_with("A cache that no answer knows. An error"),
        "{}",
        ran.stdout
    );
    assert_eq!(
        place
            .run(&["check", "--explain", "undecided-cache"])
            .expect(0)
            .stdout,
        ran.stdout
    );
    let ran = place
        .run(&["check", "--explain", "undecided-cach"])
        .expect(2);
    assert!(
        ran.stderr.contains("did you mean `undecided-cache`?"),
        "{}",
        ran.stderr
    );
}

#[test]
fn several_mistakes_in_the_answers_are_all_shown() {
    let shop = Shop::new();
    shop.append("kickoff.toml", "\n[lod]\n\n[load]\npeak-rsp = 5\n");
    let ran = shop.check(&[], None).expect(4);
    assert!(
        ran.stderr.contains("error[KD0104]: unknown key `lod`"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("did you mean `peak-rps`?"),
        "{}",
        ran.stderr
    );
}

//! What a team has decided to live with.

use super::broken::except;
use super::{Shop, found};

const CACHE: &str = "[dependencies]\nmoka = \"0.12\"\n";

/// The codes and subjects of all that is left.
fn left(shop: &Shop) -> Vec<String> {
    let found = shop.found(None);
    let found = found.iter().filter(|one| one.code != "KD0501");
    found
        .map(|one| format!("{} {}", one.code, one.subject))
        .collect()
}

#[test]
fn what_somebody_answers_for_does_not_count_and_is_not_forgotten() {
    let shop = Shop::new();
    shop.edit("Cargo.toml", "[dependencies]\n", CACHE);
    assert_eq!(left(&shop), ["KD0301 moka"]);
    except(&shop, "KD0301", "moka", "until = \"2026-11-25\"\n");
    assert_eq!(left(&shop), Vec::<String>::new());
    let ran = shop.check(&["--verbose"], None).expect(0);
    assert!(
        ran.stderr.contains("2 warnings, 1 excepted"),
        "{}",
        ran.stderr
    );
    let why = "excepted: KD0301 moka: It is right here. (@acme/shop)";
    assert!(ran.stderr.contains(why), "{}", ran.stderr);
    let ran = shop.check(&["--message-format", "json"], None);
    found(&ran);
    let reason =
        r#""exception":{"reason":"It is right here.","owner":"@acme/shop","until":"2026-11-25"}"#;
    assert!(ran.stdout.contains(reason), "{}", ran.stdout);
}

#[test]
fn an_exception_ends_on_its_day_and_for_its_subject() {
    let shop = Shop::new();
    shop.edit("Cargo.toml", "[dependencies]\n", CACHE);
    except(&shop, "KD0301", "moka", "until = \"2026-11-24\"\n");
    assert_eq!(left(&shop), ["KD0301 moka", "KD0612 "]);
    let shop = Shop::new();
    shop.edit("Cargo.toml", "[dependencies]\n", CACHE);
    except(&shop, "KD0301", "mocka", "");
    assert_eq!(left(&shop), ["KD0301 moka", "KD0611 "]);
    let ran = shop.check(&[], None).expect(4);
    assert!(
        ran.stderr.contains("did you mean `subject = \"moka\"`?"),
        "{}",
        ran.stderr
    );
}

#[test]
fn an_exception_is_no_change_of_answers() {
    let shop = Shop::new();
    except(&shop, "KD0501", "performance-check", "");
    except(&shop, "KD0501", "monitoring", "");
    assert_eq!(left(&shop), Vec::<String>::new());
    shop.check(&["--strict"], None).expect(0);
    // It survives a change of answers, byte for byte.
    let exceptions = shop.read("kickoff.toml");
    let (_, exceptions) = exceptions.split_once("[[exception]]").expect("two");
    shop.run(&["ask", "--set", "load.peak-rps=60"]).expect(0);
    let after = shop.read("kickoff.toml");
    assert!(after.contains("peak-rps = 60"), "{after}");
    assert!(after.contains(exceptions), "{after}");
    shop.check(&["--strict"], None).expect(0);
}

#[track_caller]
fn check_mistake(lines: &str, says: &str) {
    let shop = Shop::new();
    shop.append("kickoff.toml", lines);
    let ran = shop.check(&[], None).expect(4);
    assert!(ran.stderr.contains(says), "{}", ran.stderr);
}

#[test]
fn mistakes_in_exceptions_are_named() {
    check_mistake(
        "\n[[exception]]\ncode = \"KD0301\"\nowner = \"@a\"\n",
        "an exception has no `reason`",
    );
    check_mistake(
        "\n[[exception]]\ncode = \"KD0301\"\nreason = \"x\"\n",
        "write who answers for it",
    );
    check_mistake(
        "\n[[exception]]\ncode = \"KD301\"\nreason = \"x\"\nowner = \"@a\"\n",
        "`KD301` is not the code of a rule",
    );
    check_mistake(
        "\n[exception]\ncode = \"KD0301\"\n",
        "write `[[exception]]` with double brackets",
    );
    check_mistake(
        "\n[[exception]]\ncode = \"KD0301\"\nreason = \"x\"\nowner = \"@a\"\nuntill = \"2027-01-01\"\n",
        "did you mean `until`?",
    );
}

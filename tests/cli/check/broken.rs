//! Every rule, broken in a generated project.

use std::collections::BTreeSet;

use cargo_kickoff::check::{RECORDS, RULES, Severity};

use super::Shop;

/// A rule, what breaks it, and what it then is about.
struct Case {
    code: &'static str,
    subject: &'static str,
    breaks: fn(&Shop),
    /// The day, if it matters.
    epoch: Option<&'static str>,
}

const fn case(code: &'static str, subject: &'static str, breaks: fn(&Shop)) -> Case {
    Case {
        code,
        subject,
        breaks,
        epoch: None,
    }
}

/// Adds answers.
macro_rules! answers {
    ($text:literal) => {
        |shop| shop.append("kickoff.toml", $text)
    };
}

/// Adds a dependency.
macro_rules! dependency {
    ($line:literal) => {
        |shop| {
            shop.edit(
                "Cargo.toml",
                "[dependencies]\n",
                concat!("[dependencies]\n", $line, "\n"),
            )
        }
    };
}

const CASES: &[Case] = &[
    case("KD0101", "ownership.caching-owner", |shop| {
        shop.edit("kickoff.toml", "caching-owner = \"@acme/data\"\n", "");
    }),
    case("KD0102", "responsibility.purpose", |shop| {
        shop.edit("kickoff.toml", "purpose = \"Sell things\"\n", "");
    }),
    case(
        "KD0103",
        "",
        answers!("\n[load]\nrequest-timeout = \"30s\"\nshutdown-grace = \"10s\"\n"),
    ),
    case("KD0104", "", answers!("\n[lod]\n")),
    case("KD0105", "ownership.cache-ttl", |shop| {
        shop.edit(
            "kickoff.toml",
            "caching = \"none\"\n",
            "caching = \"none\"\ncache-ttl = \"1m\"\n",
        );
    }),
    case(
        "KD0201",
        "caller.\"web shop\".timeout",
        answers!(
            "\n[caller.\"web shop\"]\ntimeout = \"5s\"\n[dependency.rates]\ntwice-safe = true\nattempts = 3\ntimeout = \"2s\"\n"
        ),
    ),
    case(
        "KD0202",
        "caller.app.timeout",
        answers!("\n[caller.app]\ntimeout = \"5s\"\n"),
    ),
    case(
        "KD0203",
        "caller.app.attempts",
        answers!(
            "\n[caller.app]\nattempts = 5\n[dependency.rates]\ntwice-safe = true\nattempts = 3\n"
        ),
    ),
    case(
        "KD0204",
        "caller.app.rate",
        answers!("\n[caller.app]\nrate = 900\n"),
    ),
    case(
        "KD0205",
        "load.p99",
        answers!("\n[load]\np99 = \"9s\"\nrequest-timeout = \"5s\"\n"),
    ),
    case(
        "KD0206",
        "load.peak-rps",
        answers!("\n[load]\npeak-rps = 100000\np99 = \"1s\"\n"),
    ),
    case(
        "KD0207",
        "load.availability",
        answers!("\n[load]\navailability = \"99.99\"\n[dependency.rates]\ncritical = true\n"),
    ),
    case(
        "KD0209",
        "dependency.rates.timeout",
        answers!("\n[dependency.rates]\ntwice-safe = true\nattempts = 3\ntimeout = \"9s\"\n"),
    ),
    case(
        "KD0210",
        "dependency.a.timeout",
        answers!(
            "\n[dependency.a]\nattempts = 1\ntimeout = \"6s\"\n[dependency.b]\nattempts = 1\ntimeout = \"6s\"\n"
        ),
    ),
    case("KD0211", "entity.Tag", |shop| {
        shop.edit("kickoff.toml", "[\"Tag\", \"Item\"]", "[\"Item\"]");
    }),
    case(
        "KD0212",
        "dependency.rates.when-down",
        answers!("\n[dependency.rates]\ncritical = false\nwhen-down = \"fallback\"\n"),
    ),
    case("KD0213", "dependency.rates.when-down", |shop| {
        let text = shop.read("kickoff.toml");
        // Each table begins with its name in brackets.
        let tables = text.split("\n[").enumerate();
        let rest = tables.filter(|(_, table)| !table.starts_with("entity."));
        let rest = rest.map(|(at, table)| match at {
            0 => table.to_owned(),
            _ => format!("\n[{table}"),
        });
        let queue = "\n[dependency.rates]\ncritical = false\nwhen-down = \"queue\"\n";
        shop.write("kickoff.toml", &(rest.collect::<String>() + queue));
    }),
    case(
        "KD0214",
        "dependency.rates.when-down",
        answers!("\n[dependency.rates]\ncritical = true\nwhen-down = \"queue\"\n"),
    ),
    case("KD0301", "moka", dependency!("moka = \"0.12\"")),
    case(
        "KD0302",
        "ureq",
        dependency!("reqwest = \"0.13\"\nureq = \"3\""),
    ),
    case("KD0303", "diesel", dependency!("diesel = \"2\"")),
    case(
        "KD0304",
        "tokio-postgres",
        dependency!("tokio-postgres = \"0.7\""),
    ),
    case(
        "KD0305",
        "lapin",
        dependency!("rabbit = { package = \"lapin\", version = \"4\" }"),
    ),
    case("KD0306", "reqwest", dependency!("reqwest = \"0.13\"")),
    case("KD0311", "Tag", |shop| shop.remove("src/domain/tag.rs")),
    case("KD0312", "Tag", |shop| {
        shop.write("migrations/0009_away.sql", "DROP TABLE tags;\n");
    }),
    case("KD0313", "audit", |shop| {
        shop.write(
            "migrations/0009_audit.sql",
            "CREATE TABLE audit (id INTEGER);\n",
        );
    }),
    case("KD0314", "DELETE /tags/{id}", |shop| {
        shop.edit(
            "src/api/tag.rs",
            ".patch(update)",
            ".patch(update).delete(update)",
        );
    }),
    case("KD0315", "PATCH /tags/{id}", |shop| {
        shop.edit("src/api/tag.rs", ".patch(update)", "");
    }),
    case("KD0316", "src/domain/tag.rs", |shop| {
        shop.append(
            "src/domain/tag.rs",
            "pub fn call() { drop(reqwest::Client::new()); }\n",
        );
    }),
    case("KD0317", "APP_REQUEST_TIMEOUT", |shop| {
        shop.edit(
            "src/config.rs",
            "\"APP_REQUEST_TIMEOUT\", \"10s\"",
            "\"APP_REQUEST_TIMEOUT\", \"9m\"",
        );
    }),
    case("KD0318", "src/api/tag.rs", |shop| {
        shop.append("src/api/tag.rs", "fn {\n")
    }),
    case("KD0321", "", answers!("\n[load]\npeak-rps = 51\n")),
    case("KD0322", "", |shop| shop.remove(".kickoff/baseline")),
    case("KD0331", "caching", |shop| {
        shop.remove(&record(shop, "caching"));
    }),
    case("KD0332", "caching", |shop| {
        shop.edit(
            &record(shop, "caching"),
            "status: accepted",
            "status: rejected",
        );
    }),
    case("KD0333", "defaults", |shop| {
        shop.edit(
            &record(shop, "defaults"),
            "status: proposed",
            "status: accepted",
        );
    }),
    case("KD0501", "performance-check", |_| {}),
    // A source of the same name is another file.
    case("KD0502", "tests/service/telemetry.rs", |shop| {
        shop.remove("tests/service/telemetry.rs");
    }),
    case("KD0502", "openapi.json", |shop| shop.remove("openapi.json")),
    Case {
        // 2027-06-01
        epoch: Some("1811808000"),
        ..case(
            "KD0601",
            "",
            answers!("\n[reality]\nkind = \"experiment\"\n"),
        )
    },
    case("KD0611", "", |shop| {
        except(shop, "KD0301", "moka", "");
    }),
    case("KD0612", "", |shop| {
        except(
            shop,
            "KD0501",
            "performance-check",
            "until = \"2026-11-24\"\n",
        );
    }),
    case("KD0613", "", |shop| except(shop, "KD0999", "x", "")),
    case("KD0613", "", |shop| except(shop, "KD0321", "x", "")),
];

/// Adds an exception with more keys.
pub(super) fn except(shop: &Shop, code: &str, subject: &str, more: &str) {
    shop.append(
        "kickoff.toml",
        &format!(
            "\n[[exception]]\ncode = \"{code}\"\nsubject = \"{subject}\"\nreason = \"It is right here.\"\nowner = \"@acme/shop\"\n{more}"
        ),
    );
}

/// The file of the record about a subject.
fn record(shop: &Shop, subject: &str) -> String {
    let folder = shop.place.root.join("shop/docs/adr");
    let names = std::fs::read_dir(folder).expect("a folder");
    let mut names = names.map(|entry| {
        entry
            .expect("an entry")
            .file_name()
            .into_string()
            .expect("text")
    });
    let end = format!("-{subject}.md");
    let name = names.find(|name| name.ends_with(&end));
    format!(
        "docs/adr/{}",
        name.unwrap_or_else(|| panic!("no record of {subject}"))
    )
}

#[test]
fn every_rule_fires_and_says_where_and_what_to_do() {
    let fresh = Shop::new().found(None);
    let mut faults = Vec::new();
    for case in CASES {
        let shop = Shop::new();
        (case.breaks)(&shop);
        let found = shop.found(case.epoch);
        let rule = RULES
            .iter()
            .find(|rule| rule.code == case.code)
            .expect("a rule");
        let Some(one) = found
            .iter()
            .find(|one| one.code == case.code && one.subject == case.subject)
        else {
            faults.push(format!("{} {}: {found:#?}", case.code, case.subject));
            continue;
        };
        assert_eq!(one.level == "error", rule.severity == Severity::Error);
        assert_ne!(one.helps, 0, "{}", case.code);
        // The baseline is no text to point into.
        let is_placed = !one.files.is_empty() || case.code == "KD0322";
        assert!(is_placed, "{}", case.code);
        let debt = case.code == "KD0501";
        assert_eq!(fresh.contains(one), debt, "{}", case.code);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_rule_is_left_out() {
    let broken: BTreeSet<_> = CASES.iter().map(|case| case.code).collect();
    let (records, rules): (BTreeSet<_>, BTreeSet<_>) = RULES
        .iter()
        .map(|rule| rule.code)
        .partition(|code| code.starts_with(RECORDS));
    assert_eq!(broken, rules);
    // Those about records are broken beside `adr check`.
    let elsewhere = include_str!("../adr_check.rs");
    assert!(records.iter().all(|code| elsewhere.contains(code)));
}

/// What looks like a fault, and is none.
#[track_caller]
fn check_silent(harmless: fn(&Shop)) {
    let shop = Shop::new();
    let before = shop.found(None);
    harmless(&shop);
    assert_eq!(shop.found(None), before);
}

#[test]
fn what_is_no_drift_is_not_reported() {
    check_silent(|shop| {
        shop.edit(
            "Cargo.toml",
            "[dev-dependencies]\n",
            "[dev-dependencies]\nureq = \"3\"\nmoka = \"0.12\"\n",
        );
    });
    check_silent(|shop| {
        shop.edit(
            "Cargo.toml",
            "[dependencies]\n",
            "[dependencies]\nmoka = { version = \"0.12\", optional = true }\n",
        );
    });
    // A type that moved, and its old file with it.
    check_silent(|shop| {
        let text = shop.read("src/domain/tag.rs");
        shop.remove("src/domain/tag.rs");
        shop.write("src/domain/label.rs", &text);
    });
    // Routes that moved to another file.
    check_silent(|shop| {
        let text = shop.read("src/api/tag.rs");
        shop.remove("src/api/tag.rs");
        shop.write("src/api/label.rs", &text);
    });
    check_silent(|shop| {
        shop.append(
            "src/domain/tag.rs",
            "// .route(\"/x\", get(f)) reqwest::get\n#[cfg(test)]\nmod tests {\n    use reqwest::Client;\n}\n",
        );
    });
    // Tests that moved, and another workflow.
    check_silent(|shop| {
        let text = shop.read("tests/service/telemetry.rs");
        shop.remove("tests/service/telemetry.rs");
        shop.write("tests/logging/telemetry.rs", &text);
        shop.remove(".github/workflows/ci.yml");
        shop.write(".github/workflows/build.yml", "on: push\n");
    });
    // A renumbered record keeps its subject.
    check_silent(|shop| {
        let path = record(shop, "caching");
        let text = shop.read(&path);
        shop.remove(&path);
        shop.write("docs/adr/0099-caching.md", &text);
    });
    check_silent(|shop| shop.append("kickoff.toml", "\n# A remark.\n"));
    // A setting that no answer leads to is the team's own.
    check_silent(|shop| shop.edit("src/config.rs", "\"75s\"", "\"90s\""));
}

//! Who may know what: the layers, held to by what their files name.
//!
//! From the inside out: `domain` has the rules, `store` keeps records, `api` speaks HTTP, and `app`
//! puts them together. Each knows those further in, and none further out.

use std::{collections::BTreeSet, fs, path::Path};

/// A part of `src`, what nothing in it may name, and why not.
const FORBIDDEN: &[(&str, &[&str], &str)] = &[
    (
        "domain/",
        &[
            "axum",
            "hyper",
            "sqlx",
            "crate::api",
            "crate::app",
<% if dependencies %>
            "crate::calls",
<% endif %>
            "crate::database",
<% if dependencies %>
            "crate::dependencies",
<% endif %>
            "crate::extract",
            "crate::problem",
            "crate::store",
        ],
        "rules know neither HTTP nor SQL: docs/adr/<{ record_of["data-model"] }>",
    ),
    (
        "store/",
        &[
            "axum",
            "hyper",
            "crate::api",
            "crate::app",
<% if dependencies %>
            "crate::calls",
            "crate::dependencies",
<% endif %>
            "crate::extract",
            "crate::problem",
        ],
        "storage does not decide what callers see: docs/adr/<{ record_of["error-handling"] }>",
    ),
    (
        "api/",
        &["hyper", "sqlx"],
        "records are kept by `store`: docs/adr/<{ record_of["database"] }>",
    ),
];

/// The driver is for those that keep records, and for the types of columns.
const DRIVER: &str =¦ "<% if uses.bytes %>bytes.rs <% endif %>database.rs <% if not postgresql %>database/ <% endif %><% if postgresql and uses.dates %>date.rs <% endif %><% if uses.decimals %>decimal.rs <% endif %>id.rs <% if uses.personal %>personal.rs <% endif %>store/ text_column.rs<% if postgresql %> timestamp.rs<% endif %>";

/// Storage's errors are made by storage, and become answers in one place.
const ERRORS: &str = "database.rs problem.rs store/";

#[test]
fn no_layer_knows_one_further_out() {
    for (file, code) in sources() {
        let names = names(&code);
        for (part, forbidden, why) in FORBIDDEN {
            let forbidden = forbidden.iter().filter(|name| names.contains(**name));
            let named: Vec<_> = forbidden.collect();
            let kept = named.is_empty() || !file.starts_with(part);
            assert!(kept, "src/{file} names {named:?}, but {why}");
        }
    }
}

#[test]
fn the_driver_and_its_errors_stay_where_records_are_kept() {
    for (file, code) in sources() {
        let names = names(&code);
        for (name, places) in [("sqlx", DRIVER), ("StoreError", ERRORS)] {
            let mut places = places.split(' ');
            let may = places.any(|place| file.starts_with(place));
            assert!(may || !names.contains(name), "src/{file} names {name}");
        }
    }
}

#[test]
fn only_storage_has_sql() {
    let mut statements = 0;
    for (file, code) in sources() {
        // Behind every quote there is a text, or what follows one.
        for text in code.split('"').skip(1) {
            let text = text.trim_start_matches('\\').trim_start();
            let verbs = ["SELECT ", "INSERT ", "UPDATE ", "DELETE "];
            if verbs.iter().any(|verb| text.starts_with(verb)) {
                let stored = file.starts_with("store/") || file == "database.rs";
                assert!(stored, "src/{file} has SQL: {text}");
                statements += 1;
            }
        }
    }
    assert!(statements > 1);
}

/// Every file of `src`, by its path below, without comments.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = fs::read_to_string(&path).expect("text");
            let lines = source.lines();
            let code = lines.filter(|line| !line.trim_start().starts_with("//"));
            let path = path.strip_prefix(&root).expect("below").to_string_lossy();
            sources.push((path.replace('\\', "/"), code.collect::<Vec<_>>().join("\n")));
        }
    }
    sources
}

/// What stands before a `::`, and `crate::` with each module of ours that is named.
fn names(code: &str) -> BTreeSet<String> {
    let outside = |c: char| !c.is_alphanumeric() && c != '_';
    let heads = code.match_indices("::").map(|(at, _)| &code[..at]);
    let heads = heads.filter_map(|before| before.rsplit(outside).next());
    let mut names: BTreeSet<String> = heads.map(str::to_owned).collect();
    for path in code.split("crate::").skip(1) {
        let modules = match path.strip_prefix('{') {
            Some(list) => outermost(list),
            None => path.split(outside).take(1).map(str::to_owned).collect(),
        };
        names.extend(modules.iter().map(|module| format!("crate::{module}")));
    }
    names
}

/// The first word of each in a list of imports, in which one may have a list of its own.
fn outermost(list: &str) -> Vec<String> {
    let list = list.split("};").next().unwrap_or_default();
    let mut depth = 0;
    let flat = list.chars().filter(|c| {
        depth += i32::from(*c == '{') - i32::from(*c == '}');
        depth == 0
    });
    let flat: String = flat.collect();
    let heads = flat.split(',').filter_map(|path| path.split("::").next());
    heads.map(|head| head.trim().to_owned()).collect()
}

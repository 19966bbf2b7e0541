//! KD0311 to KD0316: entities, routes and calls, in the code and in the answers.

use std::collections::BTreeMap;

use super::diagnostic::Diagnostic;
use super::material::Material;
use super::rule::{KD0311, KD0314, KD0315, KD0316};
use super::rust::Route;
use super::sources::Sources;
use crate::answers::path_segment;
use crate::baseline::ANSWERS;
use crate::blueprint::Entity;

/// Where the clients of dependencies are.
const CLIENTS: &str = "src/dependencies";

pub(super) fn check(material: &Material<'_>, sources: &Sources) -> Vec<Diagnostic> {
    let mut found = sources.check();
    found.extend(entities(material, sources));
    found.extend(routes(material, sources));
    found.extend(calls(material, sources));
    found
}

/// Entities whose type is nowhere.
fn entities(material: &Material<'_>, sources: &Sources) -> Vec<Diagnostic> {
    let gone = material.blueprint.entities.iter().filter(|entity| {
        let path = format!("src/domain/{}.rs", entity.module);
        // It was generated, and is no longer as it was.
        sources.generated.contains_key(&path)
            && !sources.unreadable.contains(&path)
            && !sources
                .now
                .values()
                .any(|source| source.types.contains(&entity.type_name))
    });
    gone.map(|entity| {
        let name = &entity.name;
        let message = format!(
            "the answers own `{name}`, and no type `{}` is left in `src`",
            entity.type_name
        );
        Diagnostic::new(&KD0311, name, message)
            .at(ANSWERS, material.place(&answer(entity)), "the answers")
            .note(format!(
                "it was generated in `src/domain/{}.rs`",
                entity.module
            ))
            .help(format!(
                "let the answers forget it: `cargo kickoff remove entity {name}`"
            ))
            .help("or put the module back from version control")
    })
    .collect()
}

/// The path of an entity in the answers.
pub(super) fn answer(entity: &Entity) -> String {
    format!("entity.{}", path_segment(&entity.name))
}

/// Operations by method and path, with the file that routes them.
type Operations<'a> = BTreeMap<(&'a str, &'a str), (&'a str, &'a Route)>;

fn operations<'a>(
    sources: impl IntoIterator<Item = (&'a String, &'a super::rust::Source)>,
) -> Operations<'a> {
    let routes = sources.into_iter().flat_map(|(path, source)| {
        let routes = source.routes.iter();
        routes.map(move |route| {
            let operation = (route.method.as_str(), route.path.as_str());
            (operation, (path.as_str(), route))
        })
    });
    routes.collect()
}

fn routes(material: &Material<'_>, sources: &Sources) -> Vec<Diagnostic> {
    let now = operations(&sources.now);
    let generated = operations(&sources.generated);
    let mut found = Vec::new();
    for ((method, path), (file, route)) in &now {
        if !generated.contains_key(&(*method, *path)) {
            let operation = format!("{method} {path}");
            let message = format!("the code offers `{operation}`, and no answer leads to it");
            let diagnostic =
                Diagnostic::new(&KD0314, operation, message).at(*file, route.span.clone(), "");
            let diagnostic = match entity_of(material, path) {
                Some(entity) => diagnostic.at(
                    ANSWERS,
                    material.place(&answer(entity)),
                    format!("the answers about {}", entity.labels),
                ),
                None => diagnostic,
            };
            found.push(
                diagnostic
                    .help(way_to_ask(method))
                    .help("or take the route out"),
            );
        }
    }
    // What cannot be read may have them.
    if !sources.unreadable.is_empty() {
        return found;
    }
    for (method, path) in generated.keys() {
        if now.contains_key(&(*method, *path)) || now.contains_key(&("*", *path)) {
            continue;
        }
        let operation = format!("{method} {path}");
        let message = format!("the answers lead to `{operation}`, and no route offers it");
        let place = match entity_of(material, path) {
            Some(entity) => material.place(&answer(entity)),
            None => 0..0,
        };
        found.push(
            Diagnostic::new(&KD0315, operation, message)
                .at(ANSWERS, place, "the answers")
                .help("put the route back")
                .help("or change the answer that asks for it, then `cargo kickoff update`"),
        );
    }
    found
}

fn way_to_ask(method: &str) -> &'static str {
    match method {
        "DELETE" => {
            "let the answers ask for it: `cargo kickoff ask data.deletion`, or `deletion` of the entity"
        }
        "PATCH" | "PUT" | "GET" => {
            "let the answers ask for it: an entity, a field or a relation (`cargo kickoff add`)"
        }
        _ => "let the answers ask for it: an entity or a relation (`cargo kickoff add`)",
    }
}

/// The entity whose records a path is about.
fn entity_of<'a>(material: &'a Material<'_>, path: &str) -> Option<&'a Entity> {
    let mut segments = path.split('/').skip(1);
    let first = segments.next()?;
    let mut entities = material.blueprint.entities.iter();
    entities.find(|entity| entity.route == first)
}

/// Uses of an HTTP client outside of the clients, in files that are not as they were generated.
fn calls(material: &Material<'_>, sources: &Sources) -> Vec<Diagnostic> {
    let outside = sources
        .now
        .iter()
        .filter(|(path, _)| !path.starts_with(CLIENTS));
    let mut found = Vec::new();
    for (path, source) in outside {
        let generated = sources.generated.get(path);
        let new = source.clients.iter().find(|(name, _)| {
            !generated.is_some_and(|generated| generated.clients.contains_key(*name))
        });
        let Some((name, span)) = new else { continue };
        let message =
            format!("`{path}` calls others with `{name}`, past the clients of the dependencies");
        found.push(
            Diagnostic::new(&KD0316, path, message)
                .at(path, span.clone(), "")
                .at(ANSWERS, material.place("load.dependencies"), "the answers about whom it calls")
                .help("name whom it calls (`cargo kickoff add dependency NAME`), and call it from there")
                .help(format!("or move it below `{CLIENTS}`, where its deadline and attempts are decided")),
        );
    }
    found
}

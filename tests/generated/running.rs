//! Services that are built, tested by their own tests, started and called: minutes, not seconds, so only where that is wanted.

use cargo_kickoff::answers::Answers;
use cargo_kickoff::blueprint::{Blueprint, Entity, Field};
use serde_json::{Map, Value, json};

use crate::client::Running;
use crate::convert::case;
use crate::postgresql;
use crate::project::{Project, generate};

/// Whether services are built at all.
pub(crate) fn is_wanted() -> bool {
    std::env::var_os("KICKOFF_GENERATED").is_some()
}

/// A service's own checks, where a caller from outside would need credentials.
pub(crate) fn assert_tested(answers: &Answers) {
    if is_wanted() {
        Project::write(&answers.name, &generate(answers).1).check();
    }
}

/// Everything a service has to stand: its own checks, then create, read, update, list and delete from outside.
pub(crate) fn assert_works(answers: &Answers) {
    if !is_wanted() {
        // Said on the way that the test harness shows and no lint forbids to a test.
        let skipped = format!(
            "skipped: set KICKOFF_GENERATED=1 to build `{}`\n",
            answers.name
        );
        let _ = std::io::Write::write_all(&mut std::io::stderr(), skipped.as_bytes());
        return;
    }
    let (blueprint, tree) = generate(answers);
    let project = Project::write(&answers.name, &tree);
    project.check();
    if blueprint.access.jwt {
        // Not ready without its issuer, which the service's own tests bring along.
        return;
    }
    let database = blueprint.postgresql.then(|| {
        let server = postgresql::server().expect("the tests had one");
        postgresql::new_database(&server, &answers.name)
    });
    let running = Running::start(&project.binary(), database.as_deref());
    match &blueprint.probe {
        Some(entity) if blueprint.access.checked => {
            let all = format!("/{}", entity.route);
            assert_eq!(running.send("GET", &all, None).status, 401);
        }
        Some(entity) => assert_serves(&running, &blueprint, entity),
        None => assert_eq!(running.send("GET", "/nothing", None).status, 404),
    }
}

fn assert_serves(running: &Running, blueprint: &Blueprint, entity: &Entity) {
    let all = format!("/{}", entity.route);
    let input = Value::Object(input(blueprint, entity));
    let created = running.send("POST", &all, Some(&input));
    assert_eq!(created.status, 201, "{all}: {input}: {}", created.body);
    let one = format!("{all}/{}", created.body["id"].as_str().expect("an id"));
    let same = running.send("GET", &one, None);
    assert_eq!((same.status, &same.body), (200, &created.body));
    let updated = running.send("PATCH", &one, Some(&json!({})));
    assert_eq!(updated.status, 200, "{}", updated.body);
    let list = running.send("GET", &all, None);
    assert_eq!(list.body["items"], json!([updated.body]));
    let deleted = running.send("DELETE", &one, None);
    if entity.deletable {
        assert_eq!(deleted.status, 204, "{}", deleted.body);
        assert_eq!(running.send("GET", &one, None).status, 404);
    } else {
        assert_eq!(deleted.status, 405, "{}", deleted.body);
    }
}

/// A new record of an entity that needs no other.
fn input(blueprint: &Blueprint, entity: &Entity) -> Map<String, Value> {
    let required = entity.fields.iter().filter(|field| !field.optional);
    required
        .map(|field| (field.name.clone(), value(blueprint, field)))
        .collect()
}

fn value(blueprint: &Blueprint, field: &Field) -> Value {
    let number = || {
        field
            .min
            .unwrap_or(1)
            .max(1)
            .min(field.max.unwrap_or(i64::MAX))
    };
    match field.kind {
        "string" | "text" if field.pattern.is_some() => {
            // A sample that counts is an expression around `n`.
            let first = field.samples.valid.replace("{n:04}", "0001");
            let text = first.trim_start_matches("format!(").trim_end_matches(')');
            serde_json::from_str(text).expect("a plain text")
        }
        "string" | "text" => "x"
            .repeat(usize::try_from(number()).expect("a length"))
            .into(),
        "int" | "money" => number().into(),
        "decimal" => json!(field.min.unwrap_or_default().max(0).to_string()),
        "bool" => json!(true),
        "instant" => json!("2026-01-02T03:04:05Z"),
        "date" => json!("2026-01-02"),
        "email" => json!("ada@example.org"),
        "url" => json!("https://example.org/"),
        "json" => json!({"a": [1]}),
        "bytes" => json!("AQID"),
        "enum" => json!(field.values[0].word),
        "reference" if field.target.as_ref().is_some_and(|target| target.text_id) => json!("x"),
        "uuid" | "reference" => json!("0198c1f0-0000-7000-8000-000000000001"),
        other => panic!("{}: what is `{other}`?", blueprint.service.name),
    }
}

macro_rules! works {
    ($($test:ident: $case:literal)*) => {$(
        #[test]
        fn $test() {
            assert_works(&case($case));
        }
    )*};
}

works! {
    chinook_works: "chinook"
    conduit_works: "conduit"
    jhipster_bugtracker_works: "jhipster-bugtracker"
    jhipster_hr_works: "jhipster-hr"
    jhipster_library_works: "jhipster-library"
    jhipster_space_works: "jhipster-space"
    jhipster_store_works: "jhipster-store"
    northwind_works: "northwind"
    petclinic_works: "petclinic"
    todo_backend_works: "todo-backend"
}

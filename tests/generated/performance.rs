//! The check of the performance passes where the promise is kept, fails where it is not, and is there only where it was asked for.

use std::fs;

use cargo_kickoff::answers::Answers;

use crate::answers::{entity, give, give_items, service};
use crate::project::{Project, generate};
use crate::running::is_wanted;

const CHECK: &str = "tests/service/performance.rs";

fn measured(name: &str, done: &str) -> Answers {
    let mut answers = service(name, vec![entity("Note", &[], "text: text")]);
    give(&mut answers, "done.items", done);
    give(&mut answers, "load.peak-rps", "30");
    give(&mut answers, "load.p99", "2s");
    give(&mut answers, "load.availability", "99");
    answers
}

#[test]
fn it_is_there_where_it_was_asked_for() {
    for done in ["performance-check, ci", "ci"] {
        let wanted = done.starts_with("performance-check");
        let (_, tree) = generate(&measured("measured", done));
        assert_eq!(tree.get(CHECK).is_some(), wanted);
        let all: String = tree.iter().map(|(_, text)| text).collect();
        assert_eq!(all.contains("mod performance;"), wanted);
        assert_eq!(all.contains("performance:: -- --ignored"), wanted);
    }
}

#[test]
fn it_asks_for_what_there_is() {
    let mut nothing = measured("nothing", "performance-check");
    give_items(&mut nothing, "data.entities", Vec::new());
    let (_, tree) = generate(&nothing);
    let check = tree.get(CHECK).expect("it was asked for");
    assert!(check.contains("const PEAK: u32 = 30;"), "{check}");
    assert!(check.contains("Duration::from_secs(2)"), "{check}");
    assert!(check.contains("const AVAILABILITY: f64 = 99.0;"), "{check}");
    assert!(check.contains("/health/ready"), "{check}");
}

#[test]
fn a_service_that_became_slow_fails_it() {
    if !is_wanted() {
        return;
    }
    let (_, tree) = generate(&measured("measured", "performance-check"));
    let project = Project::write("measured", &tree);
    let run = || {
        let check = ["test", "--locked", "--test", "service", "performance::"];
        let mut command = project.command(&check);
        let output = command.args(["--", "--ignored"]).output();
        let output = output.expect("Cargo runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        (output.status.success(), format!("{said}{errors}"))
    };
    let (passes, said) = run();
    assert!(passes, "{said}");
    for part in ["create", "list", "read", "all ", "performance.svg"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let limits = project.path("src/limits.rs");
    let text = fs::read_to_string(&limits).expect("it was generated");
    let work = "    next.run(request).await\n";
    assert!(text.contains(work), "{text}");
    // Records are made before anything is measured, one after the other, and that need not take minutes.
    let is_read = "request.method() == axum::http::Method::GET";
    let sleep = "time::sleep(Duration::from_millis(2_100)).await;";
    let slow = format!("    if {is_read} {{\n        {sleep}\n    }}\n{work}");
    fs::write(&limits, text.replacen(work, &slow, 1)).expect("written");
    let (passes, said) = run();
    assert!(!passes, "{said}");
    assert!(said.contains("was promised"), "{said}");
}

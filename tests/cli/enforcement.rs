//! What holds the code to its decisions comes and goes with the answer, and a person's own rules stay.

use crate::project::Project;

const TOOLS: [&str; 2] = ["clippy.toml", "deny.toml"];

fn choose(project: &Project, tools: &str, code: i32) -> String {
    let answer = format!("ownership.enforcement={tools}");
    let ran = project.run(&["ask", "--set", &answer]).expect(code);
    ran.stderr
}

fn enforced() -> Project {
    let project = Project::new();
    choose(&project, "tests, clippy, deny", 0);
    project.commit();
    project
}

#[test]
fn the_answer_brings_the_files_and_takes_them_away() {
    let project = enforced();
    assert!(TOOLS.iter().all(|path| project.exists(path)));
    assert!(project.exists("tests/service/architecture.rs"));
    let opening = "#[expect(clippy::disallowed_types";
    assert!(project.read("src/extract.rs").contains(opening));
    project.update(&["--check"], 0);
    choose(&project, "none", 0);
    assert!(!TOOLS.iter().any(|path| project.exists(path)));
    assert!(!project.exists("tests/service/architecture.rs"));
    assert!(!project.read("src/extract.rs").contains(opening));
    assert!(
        project
            .read("README.md")
            .contains("Nothing but review does.")
    );
}

#[test]
fn rules_of_the_persons_own_stay() {
    let project = enforced();
    let own = "    { path = \"std::mem::forget\", reason = \"ours\" },\n]\n\ndisallowed-types";
    project.edit("clippy.toml", "]\n\ndisallowed-types", own);
    project.edit(
        "clippy.toml",
        "disallowed-methods",
        "# Ours.\ntoo-many-arguments-threshold = 5\n\ndisallowed-methods",
    );
    project.edit(
        "deny.toml",
        "deny = [\n",
        "deny = [\n    { crate = \"libc\", reason = \"ours\" },\n",
    );
    project.edit(
        "deny.toml",
        "    \"Zlib\",\n",
        "    \"MPL-2.0\",\n    \"Zlib\",\n",
    );
    project.commit();
    // Without logs in the answer nothing is ruled out about them, and something cached is no longer ruled out.
    let changes = ["done.items=validation", "ownership.caching=in-process"];
    for change in changes {
        project.run(&["ask", "--set", change]).expect(0);
        project.commit();
    }
    let clippy = project.read("clippy.toml");
    for kept in [
        "std::mem::forget",
        "# Ours.\n",
        "threshold = 5",
        "axum::serve",
    ] {
        assert!(clippy.contains(kept), "{kept}: {clippy}");
    }
    assert!(!clippy.contains("std::println"), "{clippy}");
    let deny = project.read("deny.toml");
    for kept in ["\"libc\"", "MPL-2.0", "\"redis\"", "\"diesel\""] {
        assert!(deny.contains(kept), "{kept}: {deny}");
    }
    assert!(
        !deny.contains("\"moka\"") && !deny.contains("env_logger"),
        "{deny}"
    );
    // They are not thrown away with what was generated.
    let said = choose(&project, "tests", 5);
    for path in TOOLS {
        assert!(
            said.contains(&format!(
                "`{path}` was changed by you, and is no longer generated"
            )),
            "{said}"
        );
        assert!(project.exists(path));
    }
}

#[test]
fn what_a_person_wrote_before_stays_beside_it() {
    let project = Project::new();
    choose(&project, "tests", 0);
    let own = "too-many-arguments-threshold = 5\ndisallowed-methods = [\"std::mem::forget\"]\n";
    project.write("clippy.toml", own);
    project.commit();
    choose(&project, "tests, clippy", 0);
    let both = project.read("clippy.toml");
    both.parse::<toml_edit::DocumentMut>().expect("TOML");
    for kept in [
        "threshold = 5",
        "\"std::mem::forget\"",
        "axum::serve",
        "std::println",
    ] {
        assert!(both.contains(kept), "{kept}: {both}");
    }
}

#[test]
fn reasons_name_the_record_in_force() {
    let project = enforced();
    let reason = |project: &Project| {
        let deny = project.read("deny.toml");
        let line = deny
            .lines()
            .find(|line| line.contains("\"redis\""))
            .expect("banned");
        let (_, record) = line.split_once("docs/adr/").expect("a record");
        record.split(':').next().expect("a name").to_owned()
    };
    assert!(reason(&project).ends_with("-defaults.md"));
    project
        .run(&["ask", "--set", "ownership.caching=none"])
        .expect(0);
    project.commit();
    let decided = reason(&project);
    assert!(decided.ends_with("-caching.md"), "{decided}");
    project
        .run(&["ask", "--set", "ownership.caching=in-process"])
        .expect(0);
    let changed = reason(&project);
    assert!(
        changed.ends_with("-caching.md") && changed > decided,
        "{changed}"
    );
    assert!(
        project
            .read(&format!("docs/adr/{changed}"))
            .contains("`redis`")
    );
}

//! What a person typed is shown as typed, and changes the structure of nothing.

use std::fs;
use std::process::Command;
use std::sync::LazyLock;

use cargo_kickoff::answers::Answers;
use cargo_kickoff::skeleton::one_line;
use cargo_kickoff::skeleton::tree::Tree;

use crate::answers::{documents, full, put_off, tree};
use crate::markdown::parse;

const HARMLESS: &str = "Plain words";

fn hostile() -> Vec<String> {
    let mut texts: Vec<String> = [
        "\"quotes\" and 'more'",
        "a */ b /* c",
        "r#\"raw\"# \"##",
        "{{ x }} {% y %} <{ x }> <% x %> <# x #>",
        "⟦a, b⟧ ¦ \u{FDD0}\u{FDD1}\u{FDD2}",
        "`code` ``more`` ```fence",
        "```",
        "~~~ ~~gone~~",
        "two\nlines\r\nand\u{2028}more\u{85}",
        "\u{202E}right to left\u{2066} עברית العربية",
        "👩‍👩‍👧 emoji 🇩🇪",
        "| pipe | pipe |",
        "a \\| b \\\\| c",
        "# heading",
        "#",
        "1. list",
        "1)",
        "- [ ] task",
        "- item",
        "+ item",
        "* item",
        "---",
        "===",
        ": definition",
        "> quote",
        "> [!WARNING]",
        "<script>alert(1)</script>",
        "<!-- comment",
        "<https://example.com> https://example.com www.example.com ada@example.com",
        "[a](b) ![c](d) [e]: f [^1]",
        "[x]",
        "$x$ $$y$$",
        "&amp; &#124; &lt;",
        "\\",
        "ends in \\",
        "*bold* __bold__ _it_ snake_case a_",
        "key: value, - x ? y [z] {w}",
        "end",
        "; DROP TABLE orders; -- ' ''",
        "%% comment; subgraph graph",
        "@acme/orders @other",
        "\u{0}\u{7}\u{1B}[31m control",
        "    indented",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("long ".repeat(2_000));
    texts.push("x".repeat(10_000));
    texts
}

/// What a text leads to, everywhere at once.
struct Laid {
    text: String,
    trees: Vec<Tree>,
}

impl Laid {
    fn new(text: String) -> Self {
        let sets: [Answers; 3] = [full(&text, "madr"), full(&text, "nygard"), put_off(&text)];
        let trees = sets.iter().map(tree).collect();
        Self { text, trees }
    }

    /// Every question is answered, records are in MADR form.
    fn full(&self) -> &Tree {
        &self.trees[0]
    }
}

static HOSTILE: LazyLock<Vec<Laid>> =
    LazyLock::new(|| hostile().into_iter().map(Laid::new).collect());
static PLAIN: LazyLock<Laid> = LazyLock::new(|| Laid::new(HARMLESS.to_owned()));

#[test]
fn no_text_changes_the_structure_of_a_document() {
    for Laid { text, trees } in HOSTILE.iter() {
        let typed = one_line(text);
        for (plain, hostile) in PLAIN.trees.iter().zip(trees) {
            let paths = |tree: &Tree| -> Vec<String> {
                tree.iter().map(|(path, _)| path.to_string()).collect()
            };
            assert_eq!(paths(plain), paths(hostile), "{text:?}");
            for ((path, plain), (_, hostile)) in documents(plain).zip(documents(hostile)) {
                let expected = parse(plain);
                let found = parse(hostile);
                assert_eq!(found.structure, expected.structure, "{path}: {text:?}");
                // Nothing typed is lost or changed where it is read.
                let times = |words: &str, part: &str| words.matches(part).count();
                assert!(
                    times(&found.words, &typed) >= times(&expected.words, HARMLESS),
                    "{path}: {text:?}: {}",
                    found.words
                );
                assert_eq!(found.code.len(), expected.code.len(), "{path}: {text:?}");
            }
        }
    }
}

#[test]
fn front_matter_keeps_its_keys_and_values() {
    for laid in HOSTILE.iter() {
        for (path, document) in documents(laid.full()) {
            let Some(rest) = document.strip_prefix("---\n") else {
                assert!(!path.starts_with("docs/adr/"), "{path}");
                continue;
            };
            let (front, _) = rest.split_once("\n---\n").expect("an end");
            for line in front.lines() {
                let (key, value) = line.split_once(": ").expect("a key and a value");
                match key {
                    "status" => assert!(["accepted", "proposed"].contains(&value), "{line}"),
                    "date" => assert_eq!(value, "2026-11-25"),
                    // A list in JSON is one in YAML.
                    "decision-makers" => {
                        let deciders: Vec<String> = serde_json::from_str(value).expect(line);
                        assert_eq!(deciders, std::slice::from_ref(&laid.text));
                    }
                    other => panic!("{path}: {other}"),
                }
            }
        }
    }
}

#[test]
fn code_owners_have_no_row_that_nobody_meant() {
    for laid in HOSTILE.iter() {
        let file = laid.full().get(".github/CODEOWNERS").expect("owners");
        for line in file.lines() {
            assert!(line.starts_with("# "), "{:?}: {line}", laid.text);
        }
    }
}

#[test]
fn the_manifest_reads_back_what_was_typed() {
    for laid in HOSTILE.iter() {
        let text = &laid.text;
        let manifest: toml_edit::DocumentMut = laid
            .full()
            .get("Cargo.toml")
            .expect("a manifest")
            .parse()
            .unwrap_or_else(|error| panic!("{text:?}: {error}"));
        let description = manifest["package"]["description"].as_str();
        assert_eq!(description, Some(text.as_str()));
    }
}

#[test]
fn sql_differs_in_comments_alone() {
    let statements = |tree: &Tree| -> Vec<String> {
        tree.iter()
            .filter(|(path, _)| path.as_str().ends_with(".sql"))
            .flat_map(|(_, text)| text.lines())
            .map(|line| line.split("--").next().unwrap_or_default().trim_end())
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let expected = statements(PLAIN.full());
    assert!(expected.len() > 10);
    for laid in HOSTILE.iter() {
        assert_eq!(statements(laid.full()), expected, "{:?}", laid.text);
    }
}

#[test]
fn rust_stays_valid_and_formatted() {
    // Every kind of danger in one text, and one that is only long: rustfmt is slow to start.
    for text in [hostile().join(" "), "long ".repeat(2_000)] {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in tree(&full(&text, "madr")).iter() {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        let output = Command::new("rustfmt")
            .args(["--edition", "2024", "--check", "src/main.rs", "src/lib.rs"])
            .arg("tests/service/main.rs")
            .current_dir(folder.path())
            .output()
            .expect("rustfmt");
        let message = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        let start: String = message.chars().take(4_000).collect();
        assert!(output.status.success(), "{start}\n{errors}");
    }
}

#[test]
fn diagrams_keep_their_lines() {
    // Every line of a diagram with the labels cut out.
    let lines = |tree: &Tree| -> Vec<String> {
        let readme = tree.get("README.md").expect("a README");
        let diagrams = readme.split("```mermaid\n").skip(1);
        let diagrams = diagrams.map(|rest| rest.split("\n```\n").next().unwrap_or_default());
        diagrams
            .flat_map(str::lines)
            .map(|line| line.split('"').step_by(2).collect::<Vec<_>>().join("\"\""))
            .collect()
    };
    let expected = lines(PLAIN.full());
    assert!(expected.len() > 20);
    for laid in HOSTILE.iter() {
        assert_eq!(lines(laid.full()), expected, "{:?}", laid.text);
    }
}

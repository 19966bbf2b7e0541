//! Markdown as a parser sees it, and as a linter wants it.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use crate::answers::{documents, sets, tree};

/// What a parser sees of a document: its structure without its words, its words without their structure, and its code.
pub(crate) struct Seen {
    pub(crate) structure: Vec<String>,
    pub(crate) words: String,
    pub(crate) code: Vec<String>,
    pub(crate) links: Vec<String>,
}

pub(crate) fn parse(text: &str) -> Seen {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut seen = Seen {
        structure: Vec::new(),
        words: String::new(),
        code: Vec::new(),
        links: Vec::new(),
    };
    let mut in_code = false;
    let mut in_front_matter = false;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(_) if in_front_matter => {}
            Event::Text(text) if in_code => seen.code.push(text.into_string()),
            Event::Text(text) => seen.words.push_str(&text),
            Event::Code(code) => {
                seen.structure.push("code".to_owned());
                seen.code.push(code.into_string());
            }
            Event::Start(tag) => {
                in_front_matter = matches!(tag, Tag::MetadataBlock(_));
                if let Tag::CodeBlock(CodeBlockKind::Fenced(language)) = &tag {
                    in_code = true;
                    seen.structure.push(format!("fence {language}"));
                } else {
                    if let Tag::Link { dest_url, .. } = &tag {
                        seen.links.push(dest_url.to_string());
                    }
                    seen.structure.push(format!("{tag:?}"));
                }
                seen.words.push('\n');
            }
            Event::End(tag) => {
                in_code = false;
                in_front_matter = false;
                seen.structure.push(format!("/{tag:?}"));
                seen.words.push('\n');
            }
            other => seen.structure.push(format!("{other:?}")),
        }
    }
    seen
}

/// The rules of markdownlint that templates break most easily, without installing it: blank lines, ends of lines, ends of files.
fn lint(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    let kind = |line: &str| {
        let line = line.strip_prefix("> ").unwrap_or(line);
        if line.is_empty() || line == ">" {
            "blank"
        } else if line.starts_with("```") {
            "fence"
        } else if line.starts_with('#') {
            "heading"
        } else if line.starts_with("- ") || line.starts_with("* ") {
            "list"
        } else if line.starts_with('|') {
            "table"
        } else {
            "text"
        }
    };
    let mut in_fence = false;
    for (index, line) in lines.iter().enumerate() {
        let fault = |what: &str| format!("{}: {what}: {line}", index + 1);
        if *line != line.trim_end() {
            faults.push(fault("blank at the end"));
        }
        let before = index.checked_sub(1).map_or("blank", |i| kind(lines[i]));
        let after = lines.get(index + 1).map_or("blank", |line| kind(line));
        let this = kind(line);
        if this == "fence" {
            let outside = if in_fence { after } else { before };
            if outside != "blank" {
                faults.push(fault("no blank line around a fence"));
            }
            in_fence = !in_fence;
            continue;
        }
        if in_fence {
            continue;
        }
        match this {
            "blank" if before == "blank" && index > 0 => faults.push(fault("two blank lines")),
            "heading" if before != "blank" || after != "blank" => {
                faults.push(fault("no blank line around a heading"));
            }
            "list" | "table"
                if [before, after]
                    .iter()
                    .any(|kind| ![this, "blank"].contains(kind)) =>
            {
                faults.push(fault("no blank line around a list or table"));
            }
            _ => {}
        }
    }
    if !text.ends_with('\n') || text.ends_with("\n\n") {
        faults.push("the file does not end in one line end".to_owned());
    }
    faults
}

#[test]
fn documents_are_well_formed_whatever_was_answered() {
    for (name, answers) in sets() {
        let tree = tree(&answers);
        assert!(documents(&tree).count() >= 4, "{name}");
        for (path, text) in documents(&tree) {
            let faults = lint(text);
            assert!(faults.is_empty(), "{name}: {path}: {faults:#?}");
            let headings = text.lines().filter(|line| line.starts_with("# "));
            assert_eq!(
                headings
                    .filter(|line| !line.ends_with("the tests of one file"))
                    .count(),
                1,
                "{name}: {path}"
            );
            assert!(!text.contains("  ."), "{name}: {path}");
        }
    }
}

#[test]
fn the_linter_finds_faults() {
    for fault in [
        "# a\ntext\n",
        "a\n\n\nb\n",
        "a\n```sh\nb\n```\n",
        "```sh\nb\n```\na\n",
        "a\n- b\n",
        "| a |\nb\n",
        "a \n",
        "a\n\n",
    ] {
        assert!(!lint(fault).is_empty(), "{fault:?}");
    }
    assert!(lint("# a\n\nb\n\n- c\n\n```sh\n# d\n\n\n```\n").is_empty());
}

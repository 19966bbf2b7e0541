//! Entities of every shape: each kind of field in each variation, each kind of relation.

use cargo_kickoff::answers::Item;

use crate::answers::entity;

/// Every kind of field as required, with a value that can be its default, if it can have one.
pub(crate) const KINDS: [(&str, &str); 23] = [
    ("string", "\"a\""),
    ("string(32)", "\"it's a \\\"default\\\"\""),
    ("string(2..4) matching /[a-z]{2,4}/", "\"ab\""),
    ("text", "\"several\\nlines\""),
    ("text(0..50)", "\"\""),
    ("int", "0"),
    ("int 1..5", "5"),
    ("int >= -7", "-7"),
    ("decimal", "12.5"),
    ("decimal(18,6) -1.5..1000000", "-1.5"),
    ("money(EUR) >= 0", "9.99"),
    ("money(JPY)", "100"),
    ("bool", "true"),
    ("instant", "now"),
    ("date", "today"),
    ("instant", "2026-11-25T09:30:00Z"),
    ("date", "2026-11-25"),
    ("json", "[]"),
    ("uuid", ""),
    ("email", ""),
    ("url", "\"https://example.com/\""),
    ("json", "{}"),
    ("bytes(1024)", ""),
];

/// Kinds that `unique` makes no sense for are refused by the notation.
fn may_be_unique(kind: &str) -> bool {
    let field = format!("a: {kind} unique");
    cargo_kickoff::notation::parse_field(&field).is_ok()
}

fn is_accepted(spec: &str) -> bool {
    cargo_kickoff::notation::parse_spec("a", spec).is_ok()
}

/// `string(32) matching …` with a question mark behind the type.
fn optional(spec: &str) -> String {
    match spec.split_once(' ') {
        Some((kind, rest)) => format!("{kind}? {rest}"),
        None => format!("{spec}?"),
    }
}

/// Names for entities and fields, of one length.
pub(crate) struct Names {
    /// How many letters each has.
    pub length: usize,
}

impl Names {
    /// The name of a field; different numbers give different names.
    pub(crate) fn field(&self, number: usize) -> String {
        self.name(number, 'a')
    }

    /// The name of an entity.
    pub(crate) fn entity(&self, number: usize) -> String {
        self.name(number, 'A')
    }

    fn name(&self, number: usize, first: char) -> String {
        let letter =
            |number: usize| char::from(b'a' + u8::try_from(number % 26).expect("a letter"));
        let head = if first == 'A' {
            letter(number).to_ascii_uppercase()
        } else {
            letter(number)
        };
        let tail = if number >= 26 {
            letter(number / 26 - 1).to_string()
        } else {
            String::new()
        };
        let mut name = format!("{head}{tail}");
        while name.len() < self.length {
            name.push(if name.len() % 9 == 0 && first == 'a' {
                '_'
            } else {
                'm'
            });
        }
        name
    }
}

/// Fields of every kind in every variation, in entities of at most twenty of them.
pub(crate) fn all_fields(names: &Names, parts: &[(&str, &str)]) -> Vec<Item> {
    let mut specs: Vec<String> = Vec::new();
    for (kind, default) in KINDS {
        for is_optional in [false, true] {
            for is_personal in [false, true] {
                let kind = if is_optional {
                    optional(kind)
                } else {
                    kind.to_owned()
                };
                let kind = if is_personal {
                    format!("{kind} personal")
                } else {
                    kind
                };
                specs.push(kind.clone());
                if may_be_unique(&kind) {
                    specs.push(format!("{kind} unique"));
                }
                if !default.is_empty() {
                    specs.push(format!("{kind} = {default}"));
                }
            }
        }
    }
    for words in ["one | two", "draft | in | self | None | type | first = in"] {
        specs.push(words.to_owned());
        let (kind, default) = words.split_once(" =").unwrap_or((words, ""));
        specs.push(format!("{kind}?"));
        if !default.is_empty() {
            specs.push(format!("{kind}? ={default}"));
        }
    }
    specs.retain(|spec| is_accepted(spec));
    let entities = specs.chunks(20).enumerate().map(|(number, specs)| {
        let fields: Vec<String> = specs
            .iter()
            .enumerate()
            .map(|(at, spec)| {
                let meaning = if spec.contains('?') {
                    " // nobody knows"
                } else {
                    ""
                };
                format!("{}: {spec}{meaning}", names.field(at))
            })
            .collect();
        entity(&names.entity(number), parts, &fields.join("\n"))
    });
    entities.collect()
}

/// Relations of every kind, with every effect of deletion, among entities with every rule of deletion.
pub(crate) fn all_relations(names: &Names, first: usize) -> Vec<Item> {
    let name = |number: usize| names.entity(first + number);
    let field = |number: usize| names.field(number);
    let target = |deletion: &str| match deletion {
        "hard" => name(0),
        "soft" => name(1),
        _ => name(2),
    };
    let mut entities: Vec<Item> = ["hard", "soft", "never"]
        .iter()
        .map(|deletion| {
            entity(
                &target(deletion),
                &[("deletion", deletion)],
                &format!("{}: string unique", field(0)),
            )
        })
        .collect();
    let foreign = [(name(3), "uuid"), (name(4), "text")];
    for (name, id) in &foreign {
        entities.push(crate::answers::item(
            name,
            &[("of", "another service"), ("id", id)],
        ));
    }
    for (at, deletion) in ["hard", "soft", "never"].iter().enumerate() {
        let mut lines = vec![format!("{}: string", field(0))];
        for (number, to) in ["hard", "soft", "never"].iter().enumerate() {
            let (to, number) = (target(to), 1 + 6 * number);
            lines.push(format!("{}: -> {to}", field(number)));
            lines.push(format!("{}: -> {to}?", field(number + 1)));
            lines.push(format!("{}: -> {to} on delete cascade", field(number + 2)));
            lines.push(format!("{}: -> {to}? on delete clear", field(number + 3)));
            lines.push(format!("{}: -> {to}? unique", field(number + 4)));
            lines.push(format!("{}: <-> {to}", field(number + 5)));
        }
        let this = name(5 + at);
        lines.push(format!("{}: -> {this}?", field(20)));
        // A hidden record cannot hide a whole tree of its own kind: that is refused, see `combinations`.
        let itself = if *deletion == "soft" {
            "clear"
        } else {
            "cascade"
        };
        lines.push(format!("{}: -> {this}? on delete {itself}", field(21)));
        lines.push(format!("{}: <-> {this}", field(22)));
        lines.push(format!("{}: -> {}", field(23), foreign[0].0));
        lines.push(format!("{}: -> {}?", field(24), foreign[1].0));
        lines.push(format!("{}: -> {} unique", field(25), foreign[1].0));
        let same = format!("{}, {}", field(0), field(1));
        let duplicates = ["reject", "return-existing", "update"][at];
        let parts = [
            ("deletion", *deletion),
            ("same-when", same.as_str()),
            ("duplicates", duplicates),
            ("conflicts", ["version", "last-write-wins", "version"][at]),
        ];
        entities.push(entity(&this, &parts, &lines.join("\n")));
    }
    entities
}

//! The interview as transcripts: what is asked, what is replied, what is answered in the end.

use cargo_kickoff::answers::{Answer, Answers, Value};
use cargo_kickoff::interview::{Ended, Interview, Preview, conduct};
use cargo_kickoff::prompt::{Reply, ScriptPrompter};
use cargo_kickoff::proposal::Proposals;
use cargo_kickoff::question::{canonical_text, catalog, validate_value};
use snapbox::str;

/// A reply in short: `<` back, `?` explain, `later`, `quit`, `^C`, `[a b]` several, else the answer.
fn reply(text: &str) -> Reply {
    match text {
        "<" => Reply::Back,
        "?" => Reply::Explain,
        "later" => Reply::Later,
        "quit" => Reply::Quit,
        "^C" => Reply::Interrupt,
        list if list.starts_with('[') => Reply::Chosen(
            list.trim_matches(['[', ']'])
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
        ),
        text => Reply::Answer(text.to_owned()),
    }
}

/// A session that has ended.
struct Session {
    interview: Interview,
    ended: Ended,
    transcript: String,
    bookmark: String,
    drafts: usize,
}

impl Session {
    fn run(mut interview: Interview, replies: &[&str]) -> Session {
        let mut prompter = ScriptPrompter::new(replies.iter().map(|text| reply(text)));
        let mut bookmark = String::new();
        let mut drafts = 0;
        let ended = conduct(&mut interview, &mut prompter, &preview, &mut |interview| {
            bookmark = interview.bookmark();
            drafts += 1;
        })
        .expect("a script cannot fail");
        assert_eq!(
            prompter.left(),
            0,
            "replies are left after\n{}",
            prompter.transcript()
        );
        Session {
            transcript: prompter.transcript().to_owned(),
            interview,
            ended,
            bookmark,
            drafts,
        }
    }

    fn new(replies: &[&str]) -> Session {
        Session::run(Interview::new(answers(&[])), replies)
    }

    /// Everything that was given or put off, one a line.
    fn answered(&self) -> String {
        listed(self.interview.answers())
    }

    /// The questions asked, one a line, with what was replied.
    fn asked(&self) -> String {
        let mut lines = String::new();
        let mut question = "";
        for paragraph in self.transcript.split("\n\n").map(str::trim) {
            let mut inner = paragraph.lines();
            let first = inner.next().unwrap_or("");
            if first.starts_with('[') {
                question = inner.next().unwrap_or("");
            } else if first.starts_with("Review") || first.starts_with("Change") {
                question = first;
            }
            if let Some(reply) = paragraph
                .lines()
                .last()
                .filter(|line| line.starts_with('>'))
            {
                lines.push_str(&format!("{question} {reply}\n"));
            }
        }
        lines
    }
}

fn answers(given: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::new("orders", "2026-11-25");
    for (id, text) in given {
        let question = catalog::question(id).expect("a question");
        answers.give(
            question,
            validate_value(&question.kind, text).expect("a valid answer"),
        );
    }
    answers
}

fn listed(answers: &Answers) -> String {
    let mut lines = String::new();
    for question in catalog::questions() {
        match answers.entry(question.id) {
            None => continue,
            Some(Answer::Open { note }) => {
                lines.push_str(&format!("{} open: {note}\n", question.id));
            }
            Some(Answer::Given(value)) => {
                lines.push_str(&format!("{} = {}\n", question.id, canonical_text(value)));
            }
        }
        if let Some(Value::Items(items)) = answers.given(question.id) {
            for item in items {
                for (key, value) in &item.parts {
                    let value = match value {
                        Value::Fields(fields) => format!("{fields:?}"),
                        value => canonical_text(value),
                    };
                    lines.push_str(&format!("  {}.{key} = {value}\n", item.name));
                }
            }
        }
    }
    lines
}

fn preview(answers: &Answers) -> Preview {
    Preview {
        files: ["Cargo.toml", "README.md", "src/main.rs", "docs/adr/0001.md"]
            .map(str::to_owned)
            .to_vec(),
        findings: match answers.given("load.peak-rps") {
            Some(Value::Number(9999)) => vec!["The pool is too small.".to_owned()],
            _ => Vec::new(),
        },
        errors: match answers.given("load.peak-rps") {
            Some(Value::Number(666)) => vec!["No such load.".to_owned()],
            _ => Vec::new(),
        },
    }
}

#[test]
fn little_is_asked_where_nothing_is_at_stake() {
    let session = Session::new(&[
        "nothing",
        "Keeps notes.",
        "keeping notes",
        "",
        "Note",
        "body: text",
        "",
        "",
        "",
        "generate",
    ]);
    assert_eq!(session.ended, Ended::Confirmed);
    snapbox::assert_data_eq!(
        session.transcript.as_str(),
        str![[r#"

[1/7] Responsibility · 1 of 5
What does it cost when this is down or wrong for an hour?
  A tool for three colleagues and a payment service should not be built alike:
  too little care loses money, too much care never ships.
    nothing: nobody would notice
  > annoyance: people grumble and wait · default
    money: sales, refunds, penalties
    harm: people or their data are hurt
> nothing

[1/7] Responsibility · 2 of 3
What is this backend for, in one sentence?
  A service whose purpose takes a paragraph collects whatever has no other home,
  until every team has to change it and nobody can.
> Keeps notes.

[1/7] Responsibility · 3 of 3
What does it own: which capabilities does nobody else provide?
  Where two services believe they own the same thing, each changes it behind the
  other's back, and the truth is whichever wrote last.
  One capability at a time.
> keeping notes

[1/7] Responsibility · 3 of 3
Another capability?
>

[2/7] Data · 1 of 1
What are the core entities?
  Tables outlive every framework: a wrong shape found after a year is migrated
  under load, with everybody's data in it.
  One entity at a time.
> Note

[2/7] Data · 1 of 1 · Note
What fields does it have?
  Types that allow too much are filled with too much: amounts in floats, times
  without a zone, texts of ten megabytes.
  One field at a time, `name: type`; the id comes by itself. For example
  `number: string(32) unique`, `note: text?`, `total: decimal >= 0`,
  `status: draft | paid = draft`, `customer: -> Customer`.
> body: text

[2/7] Data · 1 of 1 · Note
Another field?
>

[2/7] Data · 1 of 1
Another entity?
>

[7/7] Reality check · 1 of 1
Is this a project or an experiment?
  Experiments that nobody calls so are in production a year later, without an
  owner, a backup or a reason.
  > project: a project · default
    experiment: an experiment
>

Review of orders

Responsibility
  stakes             nothing
  purpose            Keeps notes.
  owns               keeping notes

Data
  entities           Note
  By default: records 100000, growth 100, duplicates reject, conflicts
  last-write-wins, deletion hard.

Load and failure
  By default: peak-rps 50, p99 1s, availability 99, request-timeout 10s,
  shutdown-grace 15s.

Communication
  By default: styles rest, access open.

Ownership
  By default: database sqlite, schema-changes direct, error-pattern per-layer,
  enforcement tests, record-format madr.
  Not asked, open: database-owner, schema-owner, caching-owner, errors-owner.

Done
  By default: items validation, error-handling, logging.

Reality check
  kind               project

4 files
  docs/ (1), src/ (1), Cargo.toml, README.md

Project or experiment?
  Every core question is answered: this is a project.
  4 questions are open; decision records say so.
  > Generate
    Change an answer
    Show the files
    Save and quit
> generate

Responsibility
  stakes             nothing
  purpose            Keeps notes.
  capability         keeping notes

Data
  entity             Note
    body             text

Reality check
  kind               project

"#]]
    );
    snapbox::assert_data_eq!(
        session.answered(),
        str![[r#"
responsibility.stakes = nothing
responsibility.purpose = Keeps notes.
responsibility.owns = keeping notes
data.entities = Note
  Note.fields = [FieldAnswer { name: "body", spec: "text", empty_means: None }]
reality.kind = project

"#]]
    );
}

#[test]
fn defaults_all_the_way_need_no_more_than_enter_and_later() {
    // What has no honest default wants a word.
    let session = Session::new(&[
        "",
        "",
        "later",
        "",
        "later",
        "",
        "",
        "",
        "later",
        "",
        "",
        "",
        "",
        "[rest]",
        "open",
        "[validation error-handling]",
        "",
        "",
        "",
        "generate",
    ]);
    snapbox::assert_data_eq!(
        session.asked(),
        str![[r#"
What does it cost when this is down or wrong for an hour? >
What is this backend for, in one sentence? >
What is this backend for, in one sentence? > later
Decide later. Who decides, by when, or what is missing? >
What does it own: which capabilities does nobody else provide? > later
Decide later. Who decides, by when, or what is missing? >
What is explicitly not its job? >
Who calls it? >
What are the core entities? > later
Decide later. Who decides, by when, or what is missing? >
What does deleting a record mean? >
How many requests per second at the peak? >
Which other services does it call? >
How do others talk to it, and how does it talk to them? > [rest]
What does "done" mean for this API? > open
What does "done" mean for this API? > [validation, error-handling]
Is this a project or an experiment? >
On which day does the experiment end? >
What would end it: which finding, good or bad? >
Review of orders > generate

"#]]
    );
    snapbox::assert_data_eq!(
        session.answered(),
        str![[r#"
responsibility.stakes = annoyance
responsibility.purpose open: 
responsibility.owns open: 
responsibility.not-its-job = 
responsibility.callers = 
data.entities open: 
data.deletion = hard
load.peak-rps = 50
load.dependencies = 
communication.styles = rest
done.items = validation, error-handling
reality.kind = project
reality.ends-on = 2027-02-23

"#]]
    );
    assert!(session.transcript.contains("this is an experiment"));
}

#[test]
fn explaining_changes_nothing_and_back_keeps_the_old_answer() {
    let session = Session::new(&["money", "?", "Sells.", "<", "Sells more.", "^C"]);
    snapbox::assert_data_eq!(
        session.transcript.as_str(),
        str![[r#"

[1/7] Responsibility · 1 of 5
What does it cost when this is down or wrong for an hour?
  A tool for three colleagues and a payment service should not be built alike:
  too little care loses money, too much care never ships.
    nothing: nobody would notice
  > annoyance: people grumble and wait · default
    money: sales, refunds, penalties
    harm: people or their data are hurt
> money

[1/7] Responsibility · 2 of 5
What is this backend for, in one sentence?
  A service whose purpose takes a paragraph collects whatever has no other home,
  until every team has to change it and nobody can.
> explain

[1/7] Responsibility · 2 of 5
What is this backend for, in one sentence?
  A service whose purpose takes a paragraph collects whatever has no other home,
  until every team has to change it and nobody can.
  Becomes the crate's description, the first line of the README, the description
  of the API and the context of the first decision record.
  No honest default. Put off, it stays an open question, and the service an
  experiment that says so.
> Sells.

[1/7] Responsibility · 3 of 5
What does it own: which capabilities does nobody else provide?
  Where two services believe they own the same thing, each changes it behind the
  other's back, and the truth is whichever wrote last.
  One capability at a time.
> back

[1/7] Responsibility · 2 of 5
What is this backend for, in one sentence?
  A service whose purpose takes a paragraph collects whatever has no other home,
  until every team has to change it and nobody can.
  [Sells.]
> Sells more.

[1/7] Responsibility · 3 of 5
What does it own: which capabilities does nobody else provide?
  Where two services believe they own the same thing, each changes it behind the
  other's back, and the truth is whichever wrote last.
  One capability at a time.
> interrupt

"#]]
    );
}

#[test]
fn going_back_and_changing_a_branch_drops_what_depended_on_it() {
    let given = [
        ("responsibility.stakes", "annoyance"),
        ("responsibility.purpose", "Tells."),
        ("responsibility.owns", "telling"),
        ("responsibility.not-its-job", ""),
        ("responsibility.callers", ""),
        ("data.entities", ""),
        ("data.deletion", "hard"),
        ("load.peak-rps", "50"),
        ("load.dependencies", ""),
    ];
    let session = Session::run(
        Interview::new(answers(&given)),
        &[
            "[rest publish-events]",
            "told",
            "",
            "Note",
            "",
            "[validation]",
            "<",
            "<",
            "<",
            "<",
            "<",
            "<",
            "[rest]",
            "^C",
        ],
    );
    snapbox::assert_data_eq!(
        session.asked(),
        str![[r#"
How do others talk to it, and how does it talk to them? > [rest, publish-events]
Which events or jobs are there? > told
Is it published or consumed here? >
Which entity is it about? > Note
Another event? >
What does "done" mean for this API? > [validation]
Is this a project or an experiment? > back
What does "done" mean for this API? > back
Another event? > back
Which entity is it about? > back
Is it published or consumed here? > back
Its name, as an event? > back
How do others talk to it, and how does it talk to them? > [rest]
Is this a project or an experiment? > interrupt

"#]]
    );
    snapbox::assert_data_eq!(
        session.answered(),
        str![[r#"
responsibility.stakes = annoyance
responsibility.purpose = Tells.
responsibility.owns = telling
responsibility.not-its-job = 
responsibility.callers = 
data.entities = 
data.deletion = hard
load.peak-rps = 50
load.dependencies = 
communication.styles = rest
done.items = validation

"#]]
    );
}

#[test]
fn going_back_without_a_change_leads_to_where_one_was() {
    let session = Session::new(&[
        "annoyance",
        "Sells.",
        "selling",
        "Order",
        "",
        "",
        "",
        "<",
        "<",
        "<",
        "<",
        "buying",
        "^C",
    ]);
    snapbox::assert_data_eq!(
        session.asked(),
        str![[r#"
What does it cost when this is down or wrong for an hour? > annoyance
What is this backend for, in one sentence? > Sells.
What does it own: which capabilities does nobody else provide? > selling
Which entities realise it? > Order
Another capability? >
What is explicitly not its job? >
Who calls it? >
What are the core entities? > back
Who calls it? > back
What is explicitly not its job? > back
Another capability? > back
Which entities realise it? > buying
What are the core entities? > interrupt

"#]]
    );
    snapbox::assert_data_eq!(
        session.answered(),
        str![[r#"
responsibility.stakes = annoyance
responsibility.purpose = Sells.
responsibility.owns = selling
  selling.entities = buying
responsibility.not-its-job = 
responsibility.callers = 

"#]]
    );
}

#[test]
fn mistakes_are_shown_at_their_place_and_the_text_stays() {
    let given = [
        ("responsibility.stakes", "nothing"),
        ("responsibility.purpose", "Sells."),
        ("responsibility.owns", "selling"),
    ];
    let session = Session::run(
        Interview::new(answers(&given)),
        &[
            "Order",
            "number: strng(32)",
            "number: string(32)",
            "number: int",
            "note",
            "note: text?",
            "",
            "Order",
            "^C",
        ],
    );
    snapbox::assert_data_eq!(
        session.transcript.as_str(),
        str![[r#"

[2/7] Data · 1 of 1
What are the core entities?
  Tables outlive every framework: a wrong shape found after a year is migrated
  under load, with everybody's data in it.
  One entity at a time.
> Order

[2/7] Data · 1 of 1 · Order
What fields does it have?
  Types that allow too much are filled with too much: amounts in floats, times
  without a zone, texts of ten megabytes.
  One field at a time, `name: type`; the id comes by itself. For example
  `number: string(32) unique`, `note: text?`, `total: decimal >= 0`,
  `status: draft | paid = draft`, `customer: -> Customer`.
> number: strng(32)

[2/7] Data · 1 of 1 · Order
What fields does it have?
  Types that allow too much are filled with too much: amounts in floats, times
  without a zone, texts of ten megabytes.
  One field at a time, `name: type`; the id comes by itself. For example
  `number: string(32) unique`, `note: text?`, `total: decimal >= 0`,
  `status: draft | paid = draft`, `customer: -> Customer`.
  number: strng(32)
          ^^^^^
! `strng` is not a type
  did you mean `string`?
  [number: strng(32)]
> number: string(32)

[2/7] Data · 1 of 1 · Order
Another field?
> number: int

[2/7] Data · 1 of 1 · Order
Another field?
  number: int
  ^^^^^^
! there is a field `number` already
  choose another name, or go back to change the field
  [number: int]
> note

[2/7] Data · 1 of 1 · Order
Another field?
  note
      ^
! a field is a name, a colon and a type
  write for example `number: string(32) unique`
  [note]
> note: text?

[2/7] Data · 1 of 1 · Order
Another field?
>

[2/7] Data · 1 of 1
Another entity?
> Order

[2/7] Data · 1 of 1
Another entity?
! `Order` is on the list already: choose another name
  [Order]
> interrupt

"#]]
    );
}

#[test]
fn optional_fields_are_asked_what_empty_means_and_loops_go_back() {
    let given = [
        ("responsibility.stakes", "annoyance"),
        ("responsibility.purpose", "Sells."),
        ("responsibility.owns", "selling"),
        ("responsibility.not-its-job", ""),
        ("responsibility.callers", ""),
    ];
    let session = Session::run(
        Interview::new(answers(&given)),
        &[
            "Order",
            "",
            "number: string",
            "note: text?",
            "nothing to say",
            "<",
            "<",
            "note: string",
            "paid: int?",
            "later",
            "<",
            "<",
            "<",
            "",
            "^C",
        ],
    );
    snapbox::assert_data_eq!(
        session.asked(),
        str![[r#"
What are the core entities? > Order
What is it, in one sentence? >
What fields does it have? > number: string
Another field? > note: text?
What does it mean when `note` is empty? > nothing to say
Another field? > back
What does it mean when `note` is empty? > back
Field 2, `note`? > note: string
Another field? > paid: int?
What does it mean when `paid` is empty? > later
Another field? > back
What does it mean when `paid` is empty? > back
Field 3, `paid`? > back
Field 2, `note`? >
Field 2, `paid`? > interrupt

"#]]
    );
    snapbox::assert_data_eq!(
        session.answered(),
        str![[r#"
responsibility.stakes = annoyance
responsibility.purpose = Sells.
responsibility.owns = selling
responsibility.not-its-job = 
responsibility.callers = 
data.entities = Order
  Order.fields = [FieldAnswer { name: "number", spec: "string", empty_means: None }, FieldAnswer { name: "paid", spec: "int?", empty_means: None }]

"#]]
    );
}

#[test]
fn any_answer_is_changed_from_the_review() {
    let session = Session::run(
        Interview::new(complete()),
        &[
            "change",
            "load.peak-rps",
            "x",
            "9999",
            "change",
            "data.entities",
            "1",
            "about",
            "An order.",
            "name",
            "Purchase",
            "done",
            "add",
            "Customer",
            "",
            "",
            "",
            "2",
            "remove",
            "done",
            "change",
            "responsibility.purpose",
            "<",
            "files",
            "change",
            "load.peak-rps",
            "666",
            "change",
            "<",
            "quit",
        ],
    );
    assert_eq!(session.ended, Ended::Cancelled);
    snapbox::assert_data_eq!(
        session.asked(),
        str![[r#"
Review of orders > change
Change which answer? > load.peak-rps
How many requests per second at the peak? > x
How many requests per second at the peak? > 9999
Review of orders > change
Change which answer? > data.entities
Which entity? > 1
What about Order? > about
What is it, in one sentence? > An order.
What about Order? > name
Its name, as an entity? > Purchase
What about Purchase? > done
Which entity? > add
Another entity? > Customer
What is it, in one sentence? >
What fields does it have? >
Another entity? >
Which entity? > 2
What about Customer? > remove
Which entity? > done
Review of orders > change
Change which answer? > responsibility.purpose
What is this backend for, in one sentence? > back
Review of orders > files
Review of orders > change
Change which answer? > load.peak-rps
How many requests per second at the peak? > 666
Review of orders > change
Change which answer? > back
Review of orders > quit

"#]]
    );
    snapbox::assert_data_eq!(
        session.answered(),
        str![[r#"
responsibility.stakes = annoyance
responsibility.purpose = Sells.
responsibility.owns = selling
responsibility.not-its-job = 
responsibility.callers = 
data.entities = Purchase
  Purchase.about = An order.
data.deletion = hard
load.peak-rps = 666
load.dependencies = 
communication.styles = rest
communication.access = open
done.items = validation
reality.kind = project

"#]]
    );
    assert!(session.transcript.contains("! The pool is too small."));
    let end = session
        .transcript
        .rsplit("Review of")
        .next()
        .expect("a review");
    assert!(
        end.contains("! No such load.") && !end.contains("Generate"),
        "{end}"
    );
}

#[test]
fn raising_the_stakes_in_the_review_asks_what_became_worth_asking() {
    let session = Session::run(
        Interview::new(complete()),
        &["change", "responsibility.stakes", "money", "^C"],
    );
    snapbox::assert_data_eq!(
        session.asked(),
        str![[r#"
Review of orders > change
Change which answer? > responsibility.stakes
What does it cost when this is down or wrong for an hour? > money
How many records will the largest entity have after a year? > interrupt

"#]]
    );
    assert_eq!(session.bookmark, "data.records");
}

#[test]
fn a_draft_is_saved_after_each_answer_and_resumed_where_it_was() {
    let first = Session::new(&[
        "annoyance",
        "Sells.",
        "selling",
        "Order",
        "",
        "charging",
        "^C",
    ]);
    assert_eq!(first.ended, Ended::Interrupted);
    assert_eq!(first.drafts, 7);
    assert_eq!(first.bookmark, "responsibility.not-its-job 1 whose");
    let resumed = Interview::resume(
        first.interview.answers().clone(),
        &first.bookmark,
        Proposals::default(),
    );
    let second = Session::run(
        resumed,
        &["payments", "", "<", "<", "<", "<", "<", "Sells it.", "quit"],
    );
    assert_eq!(second.ended, Ended::Cancelled);
    snapbox::assert_data_eq!(
        second.asked(),
        str![[r#"
Whose job is it? > payments
Which words may no table, route or module of ours carry? >
Another boundary? > back
Which words may no table, route or module of ours carry? > back
Whose job is it? > back
Its name, as a boundary? > back
Another capability? > back
Which entities realise it? > Sells it.
Another boundary? > quit

"#]]
    );
    snapbox::assert_data_eq!(
        second.answered(),
        str![[r#"
responsibility.stakes = annoyance
responsibility.purpose = Sells.
responsibility.owns = selling
  selling.entities = Sells it.
responsibility.not-its-job = charging
  charging.names = 
  charging.whose = payments

"#]]
    );
}

#[test]
fn there_is_nothing_before_the_first_question() {
    let session = Session::new(&["<", "^C"]);
    assert!(
        session.transcript.contains("! this is the first question"),
        "{}",
        session.transcript
    );
}

#[test]
fn an_interview_without_questions_left_begins_at_the_review() {
    assert!(Interview::new(complete()).is_at_review());
}

#[test]
fn an_answer_from_elsewhere_waits_for_its_condition() {
    let mut interview = Interview::new(answers(&[("communication.broker", "nats")]));
    interview.submit("annoyance").expect("valid");
    assert!(interview.answers().given("communication.broker").is_some());
    assert!(interview.finish().given("communication.broker").is_none());
}

/// Answers to everything that is asked where people grumble.
fn complete() -> Answers {
    let given = [
        ("responsibility.stakes", "annoyance"),
        ("responsibility.purpose", "Sells."),
        ("responsibility.owns", "selling"),
        ("responsibility.not-its-job", ""),
        ("responsibility.callers", ""),
        ("data.entities", "Order"),
        ("data.deletion", "hard"),
        ("load.peak-rps", "50"),
        ("load.dependencies", ""),
        ("communication.styles", "rest"),
        ("communication.access", "open"),
        ("done.items", "validation"),
        ("reality.kind", "project"),
    ];
    answers(&given)
}

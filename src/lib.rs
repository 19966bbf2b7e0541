//! `cargo kickoff` asks the questions that decide whether a backend survives, and turns each answer into code, tests, limits and
//! decision records.
//!
//! # The map
//!
//! ```text
//! catalog + flags + file ─▶ Interview (pure state machine) ⇄ Prompter (terminal | plain | script)
//!                               │
//!                            Answers  (kickoff.toml)
//!                               │
//!                           Blueprint (typed, named, every conflict reported at once)
//!                               │
//!                             Tree  (the files that should exist: skeleton layers and decision records)
//!                               │
//!                             Plan  (a verdict for each file)
//!                               │
//!               show (text, diff, JSON)  or  apply (stage, then put in place)
//! ```
//!
//! | room | what it does |
//! |---|---|
//! | [`cli`] | one file per command: clap arguments, and `run`: load, plan, show, apply |
//! | [`question`] | questions as data; the catalog, one file per section, in interview order |
//! | [`mod@answers`] | what was said, what was put off, what holds by default; the format of `kickoff.toml` |
//! | [`notation`] | the short notation of fields: `total: money(EUR) >= 0` |
//! | [`interview`] | next, submit, back, explain, defer, edit: a state machine without a terminal |
//! | [`prompt`] | how a question reaches a person: in a terminal, line by line, or from a script in tests |
//! | [`blueprint`] | what the answers mean: names in Rust, SQL and routes, columns, limits, records; the arithmetic of failure |
//! | [`skeleton`] | embedded layers, chosen by the blueprint, rendered into a tree |
//! | [`baseline`] | what was generated last time, kept in the project |
//! | [`mod@merge`] | three versions of a file become one |
//! | [`migration`] | from one schema to the next, without losing anything unasked |
//! | [`succession`] | records keep their numbers, and changed decisions supersede |
//! | [`trace`] | from a line to the answers that shape it, and back: by answering otherwise and comparing |
//! | [`manifest`] | the only editor of somebody's `Cargo.toml` |
//! | [`workspace`] | the only user of cargo_metadata |
//! | [`adr`] | decision records that somebody else wrote: read in any dialect, edited by single tokens |
//! | [`evidence`] | what a workspace that somebody else wrote shows about its decisions |
//! | [`snippet`] | a place in a text as rustc would show it |
//! | [`proposal`] | that evidence as answers that can be offered, entities read from migrations among them |
//! | [`stubs`] | records of decisions that nobody has written down: what is written, refreshed, left |
//! | [`check`] | what of the answers, and what of the code, no longer holds: rules with codes, diagnostics, exceptions |
//! | [`plan`] | verdicts, and the only place that writes projects |
//! | [`context`] | the only reader of environment, terminal facts and clock |
//! | [`shell`] | the only printer |
//!
//! # A walk through `cargo kickoff new orders --example orders`
//!
//! 1. [`cli`] resolves the target and refuses it if it is taken, checks the name as Cargo would, and looks for a workspace above.
//! 2. The example is read as an answers file ([`answers::file::read`]); `--set` changes single answers ([`answers::path::set`]).
//!    Without a terminal, what is missing is listed at once; with one, [`interview::conduct`] asks it.
//! 3. [`blueprint::Blueprint::draw`] drops answers whose condition no longer holds, names everything, computes limits, and reports
//!    every conflict.
//! 4. [`skeleton::lay`] renders the layers that the blueprint asks for. Manifests of layers are merged structurally.
//! 5. [`plan::Plan::new`] compares the tree with the disk; [`plan::show`] prints it; [`plan::apply`] stages it beside the target and
//!    puts it in place with one rename.
//!
//! # A walk through `cargo kickoff init`
//!
//! 1. [`evidence::gather`] reads what there is to see, and [`proposal::propose`] makes of it what can be offered about one package.
//! 2. [`interview::Interview::offering`] puts it in the place of answers that nobody gave; without a terminal it goes into `[open]`.
//! 3. [`plan::exchange`] puts `kickoff.toml` in place. `service.code` says in it that the code was there before: from then on commands
//!    change the answers, and no code.
//!
//! # A walk through `cargo kickoff update`
//!
//! 1. [`plan::exchange::recover`] finishes or takes back an update that was killed. Then `kickoff.toml` and [`baseline::Baseline`] are read.
//! 2. The tree is laid as for a new project. [`migration::plan`] compares the schema it would create with the one of the baseline, and
//!    the migrations it plans take the place of those that a new project would have.
//! 3. [`plan::update::Update::new`] compares baseline, disk and tree file by file, with [`merge::merge`] where all three differ.
//! 4. Without conflicts, [`plan::exchange::exchange`] puts all files in place, the new baseline last, and keeps the old ones.
//!
//! # Invariants
//!
//! 1. From interview to plan there is no IO, no clock, no global, and no order of hashing.
//! 2. Every question can be answered without a terminal; a stale answer (its condition no longer true) never reaches the blueprint.
//! 3. The same answers and the same version give a byte-identical plan.
//! 4. One unresolved conflict: nothing is written. Killed anywhere: the old tree or the new one; in an update, the next run goes on to it.
//! 5. Text that a person wrote is never rewritten. A line of theirs is in the result of a merge, or in a conflict.
//! 6. A person's text is data: [`skeleton::Text`] cannot be written into a file without a filter that makes it safe there.
//! 7. Every file-system error names its path; every error has a hint where there is something to do.
//! 8. Paths stay inside the target: [`skeleton::tree::Tree`] refuses others.

pub mod adr;
pub mod answers;
pub mod baseline;
pub mod blueprint;
pub mod check;
pub mod cli;
pub mod context;
pub mod error;
pub mod evidence;
pub mod interview;
pub mod manifest;
pub mod merge;
pub mod migration;
pub mod notation;
pub mod package_name;
pub mod plan;
pub mod prompt;
pub mod proposal;
pub mod question;
pub mod shell;
pub mod skeleton;
pub mod snippet;
pub mod stubs;
pub mod succession;
pub mod trace;
pub mod vcs;
pub mod workspace;

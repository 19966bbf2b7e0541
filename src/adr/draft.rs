//! A new record in the form of the house: its head, its headings, its signs, its line ends.
//!
//! The head is that of the newest record that shows how, with another status and date and without what only a person can say: who decided,
//! who was asked, when it was decided. The headings are those of the house's template, else those that its newest records share. What is
//! written is read again; where it would not say what it should, Nygard's sections take the place of the form that could not be imitated.

mod head;
mod outline;
mod template;

use camino::Utf8Path;

use self::outline::{Heading, Role};
pub use self::template::from_template;
use super::edit::spelled;
use super::folder::Folder;
use super::read;
use super::record::{Dialect, NumberPlace, Standing, Status};

/// What a new record says.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    /// The title, without number.
    pub title: &'a str,
    /// The number, where the house numbers its records.
    pub number: Option<u64>,
    /// The day on which it is written: `2026-01-31`.
    pub date: &'a str,
    /// The topic of a stub of ours, by which it is found again.
    pub topic: Option<&'a str>,
    /// The paragraphs of the section that tells the context.
    pub context: &'a [String],
    /// A list below them.
    pub evidence: &'a [String],
    /// The text of the section that tells the decision.
    pub decision: &'a str,
    /// The text of every other section.
    pub open: &'a str,
}

/// Why no record was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a record called `{title}` in the form of `{folder}` would not be read as one")]
pub struct DraftError {
    title: String,
    folder: String,
}

/// The bytes of a new record at `path`, proposed and by nobody.
///
/// # Errors
/// What was written would not be read as it should, for example because the title begins with a number.
pub fn draft(
    folder: &Folder,
    path: &Utf8Path,
    content: &Content<'_>,
) -> Result<Vec<u8>, DraftError> {
    let writer = Writer::of(folder, path, content);
    let mirrored = writer.mirrored();
    if says(path, &mirrored, content) {
        return Ok(mirrored);
    }
    let plain = writer.plain();
    match says(path, &plain, content) {
        true => Ok(plain),
        false => Err(DraftError {
            title: content.title.to_owned(),
            folder: folder.path.to_string(),
        }),
    }
}

/// Whether the bytes say what they should, and nothing that nobody said.
fn says(path: &Utf8Path, bytes: &[u8], content: &Content<'_>) -> bool {
    let record = read(path, bytes.to_vec());
    record.fields().is_some_and(|fields| {
        let is_open = matches!(
            fields.standing(),
            Standing::Said(Status::Proposed | Status::Draft)
        );
        let number = fields.number.as_ref().map(|number| number.value);
        is_open
            && fields.title.as_ref().map(|title| title.value.as_str()) == Some(content.title)
            && (content.number.is_none() || number == content.number)
            && fields.topic.as_ref().map(|topic| topic.value.as_str()) == content.topic
            && fields.deciders.is_empty()
            && fields
                .links
                .iter()
                .all(|link| link.kind == super::LinkKind::Other)
    })
}

/// The text between an AsciiDoc or Markdown record's signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Markup {
    Markdown,
    AsciiDoc,
}

struct Writer<'a> {
    folder: &'a Folder,
    content: &'a Content<'a>,
    markup: Markup,
}

impl<'a> Writer<'a> {
    fn of(folder: &'a Folder, path: &Utf8Path, content: &'a Content<'a>) -> Writer<'a> {
        let markup = match path.extension() {
            Some("adoc" | "asciidoc" | "asc") => Markup::AsciiDoc,
            _ => Markup::Markdown,
        };
        Writer {
            folder,
            content,
            markup,
        }
    }

    fn mirrored(&self) -> Vec<u8> {
        let model = outline::model(self.folder);
        let head = head::of(self.folder, model.as_ref(), self.content);
        let sections = outline::of(self.folder, model.as_ref(), self.sign());
        self.assemble(&head, &sections)
    }

    fn plain(&self) -> Vec<u8> {
        let head = head::Head::plain(self.content.date);
        self.assemble(&head, &outline::nygard(self.sign()))
    }

    fn sign(&self) -> char {
        match self.markup {
            Markup::Markdown => '#',
            Markup::AsciiDoc => '=',
        }
    }

    fn assemble(&self, head: &head::Head, sections: &[Heading]) -> Vec<u8> {
        let mut blocks: Vec<String> = Vec::new();
        if let Some(front_matter) = &head.front_matter {
            blocks.push(front_matter.clone());
        }
        if head.has_heading {
            blocks.push(format!("{} {}", self.sign(), self.heading()));
        }
        blocks.extend(head.lines.clone());
        for (at, heading) in sections.iter().enumerate() {
            blocks.push(heading.raw.clone());
            let has_parts = sections
                .get(at + 1)
                .is_some_and(|next| next.level > heading.level);
            match heading.role {
                Role::Status => blocks.push(head.status_line.clone()),
                Role::StatusInHeading => {}
                Role::Context => blocks.extend(self.context()),
                Role::Decision => blocks.push(self.content.decision.to_owned()),
                Role::Changelog => blocks.push(format!(
                    "{} {}: drafted",
                    self.folder.house.bullet, self.content.date
                )),
                Role::Part if has_parts => {}
                Role::Part => blocks.push(self.content.open.to_owned()),
            }
        }
        if let Some(topic) = self.content.topic {
            blocks.push(match self.markup {
                Markup::Markdown => format!("<!-- kickoff: topic {topic} -->"),
                Markup::AsciiDoc => format!("// kickoff: topic {topic}"),
            });
        }
        blocks.retain(|block| !block.is_empty());
        self.encoded(&format!("{}\n", blocks.join("\n\n")))
    }

    /// The title with its number, where the house has it there: before the title, or behind it as in `Use a queue [ADR-2]`.
    fn heading(&self) -> String {
        let heading = self.folder.heading(self.content.number, self.content.title);
        let behind = outline::model(self.folder).and_then(|model| {
            let title = model.fields.title.as_ref()?;
            let number = model.fields.number_in_title.as_ref()?;
            let NumberPlace::Title(span) = &number.place else {
                return None;
            };
            let is_behind = title.span.end <= span.start;
            let new = self.content.number.filter(|_| is_behind)?;
            let rest = model
                .record
                .text(&(title.span.end..model.record.bytes.len()));
            let rest = rest.lines().next()?.trim_end();
            let width = number.width();
            Some(rest.replacen(&number.digits, &format!("{new:0width$}"), 1))
        });
        format!("{heading}{}", behind.unwrap_or_default())
    }

    fn context(&self) -> Vec<String> {
        let mut blocks = self.content.context.to_vec();
        let bullet = match (self.markup, self.folder.house.bullet) {
            (Markup::AsciiDoc, _) => '*',
            (Markup::Markdown, bullet) => bullet,
        };
        let items: Vec<String> = self
            .content
            .evidence
            .iter()
            .map(|item| format!("{bullet} {item}"))
            .collect();
        blocks.push(items.join("\n"));
        blocks
    }

    fn encoded(&self, text: &str) -> Vec<u8> {
        let house = &self.folder.house;
        let text = text.replace('\n', house.line_ending.text());
        let bom = if house.bom { "\u{feff}" } else { "" };
        format!("{bom}{text}").into_bytes()
    }
}

/// The word of the house for something that nobody has decided yet, in the case of a word that it uses in that place.
fn open_word(folder: &Folder, like: &str) -> String {
    let words = &folder.house.vocabulary;
    let has = |status: Status| words.iter().any(|(known, _)| *known == status);
    let status = match has(Status::Draft) && !has(Status::Proposed) {
        true => Status::Draft,
        false => Status::Proposed,
    };
    let is_madr = matches!(
        folder.house.dialect,
        Dialect::Madr2 | Dialect::Madr3 | Dialect::Madr4 | Dialect::Log4brains
    );
    let like = match (like, is_madr) {
        ("", true) => "accepted",
        ("", false) => "Accepted",
        (like, _) => like,
    };
    match has(status) {
        true => spelled(status, words, like),
        false => in_script_of(like).map_or_else(|| spelled(status, words, like), str::to_owned),
    }
}

/// "Proposed" where the house writes its statuses in another script or language than English.
fn in_script_of(like: &str) -> Option<&'static str> {
    let lower = like.to_lowercase();
    let of_word = [
        (["akzeptiert", "angenommen"], "Vorgeschlagen"),
        (["accepté", "adopté"], "Proposé"),
        (["aceptado", "aprobado"], "Propuesto"),
        (["aceito", "aprovado"], "Proposto"),
        (["принято", "одобрено"], "Предложено"),
        (["承認済み", "承認"], "提案中"),
        (["採用", "採択"], "提案中"),
        (["已接受", "已采纳"], "已提议"),
        (["승인됨", "승인"], "제안됨"),
    ];
    of_word
        .into_iter()
        .find(|(words, _)| words.contains(&lower.as_str()))
        .map(|(_, word)| word)
}

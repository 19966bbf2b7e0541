//! What is known about one file of a decision folder.

mod link;
mod number;
mod status;

use std::ops::Range;

use camino::Utf8PathBuf;

pub use self::link::{Link, LinkKind, Target};
pub use self::number::{Number, NumberPlace};
pub use self::status::{Standing, Status, StatusMention, StatusPlace};

/// A range of bytes of [`Record::bytes`], on character boundaries.
pub type Span = Range<usize>;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value, free of markup.
    pub value: T,
    /// The bytes it was read from, without quotes or emphasis around it.
    pub span: Span,
}

/// A file, and what reading it gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Relative to the root of the workspace, with `/` between the parts.
    pub path: Utf8PathBuf,
    /// The file as it is on disk.
    pub bytes: Vec<u8>,
    /// What it is.
    pub reading: Reading,
}

/// What a file is.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// A decision record.
    Record(Box<Fields>),
    /// A file that is named like a record and cannot be read: its number is taken all the same.
    Opaque {
        /// Why, as a phrase: `it is not UTF-8`.
        reason: String,
        /// The number in its name.
        number: Option<Number>,
    },
    /// Not a record.
    Other(Other),
}

/// What a file that is not a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// A `README` that introduces the folder.
    Readme,
    /// A record to copy and fill in.
    Template,
    /// A list of the records.
    Index,
    /// Something else: nothing in it says that it is a decision.
    Prose,
}

/// The fields of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Fields {
    /// The form it is written in.
    pub dialect: Dialect,
    /// Its title, without number.
    pub title: Option<Spanned<String>>,
    /// Its number: from the name of the file or its folder, else from the title, else from the front matter.
    pub number: Option<Number>,
    /// The number that the title gives, if any; it may disagree with [`Fields::number`].
    pub number_in_title: Option<Number>,
    /// The status in each place that tells one, in the order of the file; within one place the one that holds now.
    pub statuses: Vec<StatusMention>,
    /// Every date that is labelled as one, in the order of the file.
    pub dates: Vec<DateMention>,
    /// Who decided.
    pub deciders: Vec<Spanned<String>>,
    /// What it says about other records.
    pub links: Vec<Link>,
    /// The topic of a stub of ours: `<!-- kickoff: topic NAME -->`.
    pub topic: Option<Spanned<String>>,
    /// Its headings from the first to the last, that of the title among them.
    pub sections: Vec<Section>,
    /// What lies between the `---` lines, without them.
    pub front_matter: Option<Span>,
    /// How its lines end.
    pub encoding: Encoding,
}

/// A heading and what is under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// 1 for the title of the document.
    pub level: u8,
    /// The words of the heading, without marks and comments.
    pub name: Spanned<String>,
    /// The heading itself, with the line end.
    pub heading: Span,
    /// From the end of the heading to the next heading of the same level or above.
    pub body: Span,
}

/// A date and what it is the date of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// As it is written.
    pub date: Spanned<String>,
    /// The label before it: `date`, `accepted date`, lower case.
    pub label: String,
}

/// The form a record is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// Status, Context, Decision, Consequences as sections: Nygard's, and what adr-tools writes.
    Nygard,
    /// MADR 2: bullets under the title.
    Madr2,
    /// MADR 3: front matter with `deciders`.
    Madr3,
    /// MADR 4: front matter with `decision-makers`.
    Madr4,
    /// MADR 2 with names by date.
    Log4brains,
    /// Changelog, Status, Context, Decision and Consequences by sign, as in the Cosmos SDK.
    Cosmos,
    /// Issue, Decision, Assumptions, Positions, Argument and more.
    TyreeAkerman,
    /// One sentence: in the context of, facing, we decided for.
    YStatement,
    /// A section of an arc42 document.
    Arc42,
    /// AsciiDoc.
    AsciiDoc,
    /// Markdown in a form of its own.
    Free,
}

/// What must be kept of the bytes around text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    /// It begins with a byte order mark.
    pub bom: bool,
    /// What ends the lines.
    pub line_ending: LineEnding,
    /// The last line is ended too.
    pub final_newline: bool,
}

/// What ends the lines of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineEnding {
    /// `\n`, or there is one line only.
    Lf,
    /// `\r\n`.
    CrLf,
    /// Both; the first of the file is the one that new lines get.
    Mixed {
        /// The first line ends with `\r\n`.
        first_is_crlf: bool,
    },
}

impl Record {
    /// The fields, if it is a record.
    pub fn fields(&self) -> Option<&Fields> {
        match &self.reading {
            Reading::Record(fields) => Some(fields),
            Reading::Opaque { .. } | Reading::Other(_) => None,
        }
    }

    /// The number, also of a file that cannot be read.
    pub fn number(&self) -> Option<&Number> {
        match &self.reading {
            Reading::Record(fields) => fields.number.as_ref(),
            Reading::Opaque { number, .. } => number.as_ref(),
            Reading::Other(_) => None,
        }
    }

    /// The title, if it is a record that has one.
    pub fn title(&self) -> Option<&str> {
        let title = self.fields()?.title.as_ref()?;
        Some(&title.value)
    }

    /// The number of the line that a byte is in, from 1.
    pub fn line(&self, at: usize) -> usize {
        let before = &self.bytes[..at.min(self.bytes.len())];
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }

    /// The text of a span; empty where the span is not one of this record.
    pub fn text(&self, span: &Span) -> &str {
        self.bytes
            .get(span.clone())
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}

impl Fields {
    /// What all places together say about the status.
    pub fn standing(&self) -> Standing {
        let Some(first) = self.statuses.first() else {
            return Standing::Unsaid;
        };
        if self
            .statuses
            .iter()
            .all(|mention| mention.status == first.status)
        {
            Standing::Said(first.status)
        } else {
            Standing::Disagrees
        }
    }

    /// The heading that gives the title, with its line end; none where the title stands elsewhere.
    pub fn heading_of_title(&self) -> Option<Span> {
        let title = self.title.as_ref()?;
        let mut sections = self.sections.iter();
        let section = sections.find(|section| section.heading.contains(&title.span.start))?;
        Some(section.heading.clone())
    }

    /// The section whose heading has one of these names, in any case; the first if there are several.
    pub fn section(&self, names: &[&str]) -> Option<&Section> {
        self.sections.iter().find(|section| {
            let name = section.name.value.to_lowercase();
            names.iter().any(|wanted| name == *wanted)
        })
    }
}

impl Dialect {
    /// The name for messages.
    pub fn name(self) -> &'static str {
        match self {
            Dialect::Nygard => "Nygard",
            Dialect::Madr2 => "MADR 2",
            Dialect::Madr3 => "MADR 3",
            Dialect::Madr4 => "MADR 4",
            Dialect::Log4brains => "log4brains",
            Dialect::Cosmos => "Cosmos",
            Dialect::TyreeAkerman => "Tyree-Akerman",
            Dialect::YStatement => "Y-statement",
            Dialect::Arc42 => "arc42",
            Dialect::AsciiDoc => "AsciiDoc",
            Dialect::Free => "free",
        }
    }
}

impl LineEnding {
    /// What a new line of this file ends with.
    pub fn text(self) -> &'static str {
        match self {
            LineEnding::Lf
            | LineEnding::Mixed {
                first_is_crlf: false,
            } => "\n",
            LineEnding::CrLf
            | LineEnding::Mixed {
                first_is_crlf: true,
            } => "\r\n",
        }
    }
}

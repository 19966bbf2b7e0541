//! Where a link to another record goes, and how the dialect writes it.

use camino::Utf8Path;

use super::super::paths::relative;
use super::super::record::{
    Dialect, Fields, LinkKind, Number, Record, Section, StatusMention, StatusPlace,
};

/// Sections at whose end a link may stand, in lower case.
const LINK_SECTIONS: &[&str] = &[
    "more information",
    "links",
    "related",
    "related decisions",
    "related records",
];

/// The words before the target.
pub(super) fn words(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Supersedes => "Supersedes",
        LinkKind::SupersededBy => "Superseded by",
        LinkKind::Amends => "Amends",
        LinkKind::AmendedBy => "Amended by",
        LinkKind::Other => "Related to",
    }
}

/// The status that a link stands with: one in the text before one in the front matter.
pub(super) fn carrier(mentions: &[StatusMention]) -> Option<&StatusMention> {
    mentions.iter().min_by_key(|mention| rank(&mention.place))
}

fn rank(place: &StatusPlace) -> u8 {
    match place {
        StatusPlace::Section | StatusPlace::Log => 0,
        StatusPlace::Bullet => 1,
        StatusPlace::Line => 2,
        StatusPlace::TableCell => 3,
        StatusPlace::Heading => 4,
        StatusPlace::FrontMatter { .. } => 5,
        StatusPlace::Tag => 6,
    }
}

/// The target as it follows "superseded by" in this place; `None` where only the word can stand.
pub(super) fn inline(record: &Record, place: &StatusPlace, target: &Record) -> Option<String> {
    match place {
        StatusPlace::Heading | StatusPlace::Tag | StatusPlace::Log => None,
        // A plain scalar of YAML can hold neither every title nor every link.
        StatusPlace::FrontMatter { .. } => Some(match target.number() {
            Some(number) => short_name(number),
            None => path(record, target),
        }),
        _ => Some(link(record, target)),
    }
}

/// Where the line goes and what it is, line ends included.
pub(super) fn line(
    record: &Record,
    fields: &Fields,
    kind: LinkKind,
    target: &Record,
) -> (usize, String) {
    let link = link(record, target);
    let sentence = format!("{} {link}", words(kind));
    let end = fields.encoding.line_ending.text();
    if let Some(mention) = carrier(&fields.statuses) {
        let beside = match mention.place {
            StatusPlace::Section | StatusPlace::Log | StatusPlace::Heading => {
                under_status(record, fields, mention, &sentence, end)
            }
            StatusPlace::Bullet | StatusPlace::Line | StatusPlace::TableCell => {
                beside_status(record, mention, kind, &link, end)
            }
            StatusPlace::FrontMatter { .. } | StatusPlace::Tag => None,
        };
        if let Some(found) = beside {
            return found;
        }
    }
    in_links(record, fields, &sentence, end)
}

/// A paragraph at the end of the section that gives the status.
fn under_status(
    record: &Record,
    fields: &Fields,
    mention: &StatusMention,
    sentence: &str,
    end: &str,
) -> Option<(usize, String)> {
    let at = fields
        .sections
        .iter()
        .rposition(|section| section.heading.start <= mention.token.span.start)?;
    let section = &fields.sections[at];
    let body_end = fields
        .sections
        .get(at + 1)
        .map_or(section.body.end, |next| next.heading.start);
    let at = last_text(record, section.body.start, body_end);
    if at <= section.body.start {
        return Some((section.heading.end, format!("{end}{sentence}{end}")));
    }
    Some((at, format!("{end}{end}{sentence}")))
}

/// A line of the same form as that of the status: `* Supersedes: …` behind `* Status: …`.
fn beside_status(
    record: &Record,
    mention: &StatusMention,
    kind: LinkKind,
    link: &str,
    end: &str,
) -> Option<(usize, String)> {
    let text = record.text(&(0..record.bytes.len()));
    let start = text[..mention.whole.start]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let before = &text[start..mention.whole.start];
    let line_end = line_end(text, mention.whole.end);
    let behind = &text[mention.whole.end..line_end];
    let at = before
        .to_lowercase()
        .find("status")
        .filter(|at| before.is_char_boundary(*at))?;
    // Several labels in one line, or a table with a head: there is no line to imitate.
    let is_single = behind
        .chars()
        .all(|c| matches!(c, ' ' | '|' | '\\' | '*' | '_' | '\t'));
    if !is_single || before[..at].chars().any(char::is_alphanumeric) {
        return None;
    }
    let label = format!(
        "{}{}{}",
        &before[..at],
        words(kind),
        &before[at + "status".len()..]
    );
    let line = format!("{label}{link}{behind}");
    let insertion = if mention.place == StatusPlace::Bullet {
        after_item(text, line_end)
    } else {
        after_rule(text, line_end)
    };
    Some((insertion, format!("{end}{line}")))
}

/// Behind the rule that follows the head of a table: a row can stand there only.
fn after_rule(text: &str, at: usize) -> usize {
    let Some(begin) = text[at..].find('\n').map(|offset| at + offset + 1) else {
        return at;
    };
    let end = line_end(text, begin);
    let rule = text[begin..end].trim();
    let is_rule = rule.starts_with('|') && rule.chars().all(|c| "|-: ".contains(c));
    if is_rule { end } else { at }
}

/// The end of the last line that still belongs to a list entry whose first line ends at `at`.
fn after_item(text: &str, at: usize) -> usize {
    let mut last = at;
    let mut next = at;
    while let Some(begin) = text[next..].find('\n').map(|offset| next + offset + 1) {
        let end = line_end(text, begin);
        let line = &text[begin..end];
        if line.trim().is_empty() || !line.starts_with([' ', '\t']) || is_item(line) {
            break;
        }
        last = end;
        next = end;
    }
    last
}

fn is_item(line: &str) -> bool {
    let body = line.trim_start();
    ["- ", "* ", "+ "]
        .iter()
        .any(|marker| body.starts_with(marker))
}

/// At the end of the section for links, or under a new one at the end of the file.
fn in_links(record: &Record, fields: &Fields, sentence: &str, end: &str) -> (usize, String) {
    if let Some(section) = fields.section(LINK_SECTIONS) {
        let at = last_text(record, section.body.start, section.body.end);
        let text = record.text(&(section.body.start..at.max(section.body.start)));
        let last = text.rsplit('\n').next().unwrap_or_default();
        if at <= section.body.start {
            return (section.heading.end, format!("{end}{sentence}{end}"));
        }
        if is_item(last) && !last.starts_with([' ', '\t']) {
            return (at, format!("{end}{}{sentence}", &last[..2]));
        }
        return (at, format!("{end}{end}{sentence}"));
    }
    let name = if fields.dialect == Dialect::Madr2 || fields.dialect == Dialect::Log4brains {
        "Links"
    } else {
        "More Information"
    };
    let sign = if fields.dialect == Dialect::AsciiDoc {
        "=="
    } else {
        level(&fields.sections)
    };
    let at = record.bytes.len();
    let heading = format!("{sign} {name}{end}{end}{sentence}");
    let text = if fields.encoding.final_newline {
        format!("{end}{heading}{end}")
    } else {
        format!("{end}{end}{heading}")
    };
    (at, text)
}

/// `#` where the record has no title above its sections.
fn level(sections: &[Section]) -> &'static str {
    let highest = sections.iter().skip(1).map(|section| section.level).min();
    if highest == Some(1) { "#" } else { "##" }
}

/// The end of the last line of a stretch that is not blank, without its line end.
fn last_text(record: &Record, start: usize, end: usize) -> usize {
    let text = record.text(&(start..end));
    let kept = text.trim_end();
    let rest = &text[kept.len()..];
    // Blanks at the end of the line are somebody's line break.
    start + kept.len() + rest.find(['\n', '\r']).unwrap_or(rest.len())
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |offset| {
        let end = at + offset;
        if text[..end].ends_with('\r') {
            end - 1
        } else {
            end
        }
    })
}

fn link(record: &Record, target: &Record) -> String {
    let path = path(record, target);
    let label = label(record, target);
    if record
        .fields()
        .is_some_and(|fields| fields.dialect == Dialect::AsciiDoc)
    {
        return format!("xref:{path}[{label}]");
    }
    format!("[{label}]({path})")
}

fn path(record: &Record, target: &Record) -> String {
    let folder = record.path.parent().unwrap_or(Utf8Path::new(""));
    relative(folder, &target.path).replace(' ', "%20")
}

/// `2. Use a queue` among Nygard's, `ADR-0002` elsewhere.
fn label(record: &Record, target: &Record) -> String {
    let title = target.title().unwrap_or(target.path.as_str());
    let title = title.replace(['[', ']', '|'], "");
    let is_nygard = record
        .fields()
        .is_some_and(|fields| fields.dialect == Dialect::Nygard);
    match target.number() {
        Some(number) if is_nygard => {
            let in_title = target
                .fields()
                .and_then(|fields| fields.number_in_title.as_ref());
            match in_title {
                Some(number) if number.prefix.is_empty() => format!("{number}. {title}"),
                Some(_) => short_name(number),
                None => format!("{}. {title}", number.value),
            }
        }
        Some(number) => short_name(number),
        None => title,
    }
}

/// `ADR-0002`, or `ADR-D-0002` where the prefix says more.
pub(in super::super) fn short_name(number: &Number) -> String {
    let letter = number.letter.map(String::from).unwrap_or_default();
    let track = number.track();
    if track.is_empty() {
        format!("ADR-{}{letter}", number.digits)
    } else {
        format!("{}{}{letter}", number.prefix.to_uppercase(), number.digits)
    }
}

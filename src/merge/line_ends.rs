//! Line ends and byte order mark: taken off before a merge and put on again, so that the work of an editor or of Git on Windows does
//! not count as a change of every line.

use std::borrow::Cow;

const BOM: char = '\u{feff}';

/// How a person's file is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LineEnds {
    bom: bool,
    carriage_returns: bool,
}

impl LineEnds {
    /// As `text` has them. Mixed line ends are left as they are: then they are part of the lines.
    pub(super) fn of(text: &str) -> LineEnds {
        let all = text.matches('\n').count();
        LineEnds {
            bom: text.starts_with(BOM),
            carriage_returns: all > 0 && all == text.matches("\r\n").count(),
        }
    }

    pub(super) fn take_off<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let text = text.strip_prefix(BOM).unwrap_or(text);
        match self.carriage_returns {
            true => Cow::Owned(text.replace("\r\n", "\n")),
            false => Cow::Borrowed(text),
        }
    }

    pub(super) fn put_on(&self, text: &str) -> String {
        let text = match self.carriage_returns {
            true => text.replace('\n', "\r\n"),
            false => text.to_owned(),
        };
        match self.bom {
            true => format!("{BOM}{text}"),
            false => text,
        }
    }
}

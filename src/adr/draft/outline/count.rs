//! Sections that are counted: `## 2. Options`.

use super::Heading;

/// Where the house counts its sections (`## 2. Options`), all of a level above the others are counted, those that were added too.
pub(super) fn count(headings: &mut [Heading]) {
    let Some(level) = headings.iter().map(|heading| heading.level).min() else {
        return;
    };
    let parts = |raw: &str| {
        let at = raw.find(' ')? + 1;
        let (signs, name) = raw.split_at(at);
        let digits = name.bytes().take_while(u8::is_ascii_digit).count();
        let counted = name[digits..].strip_prefix(". ").filter(|_| digits > 0);
        Some((
            signs.to_owned(),
            counted.is_some(),
            counted.unwrap_or(name).to_owned(),
        ))
    };
    let tops = || headings.iter().filter(|heading| heading.level == level);
    let counted = tops().filter(|top| parts(&top.raw).is_some_and(|(_, counted, _)| counted));
    if counted.count() * 2 < tops().count().max(1) {
        return;
    }
    let tops = headings.iter_mut().filter(|heading| heading.level == level);
    for (number, top) in (1..).zip(tops) {
        if let Some((signs, _, name)) = parts(&top.raw) {
            top.raw = format!("{signs}{number}. {name}");
        }
    }
}

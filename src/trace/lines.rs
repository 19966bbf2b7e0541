//! Which line was which.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::merge::without_line_ends;

/// Where a line of a person's file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// It was generated, as this line (counted from 0).
    Generated(usize),
    /// A person wrote it in the place of these generated lines: none where it was added.
    Person(Vec<usize>),
}

/// Where every line of `yours` comes from, when `base` was generated. Line ends and a byte order mark make no difference.
pub fn origins(base: &str, yours: &str) -> Vec<From> {
    let yours = without_line_ends(yours);
    let (old, new): (Vec<_>, Vec<_>) = (base.lines().collect(), yours.lines().collect());
    let mut origins = Vec::with_capacity(new.len());
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let lines = op.old_range();
        match op {
            DiffOp::Equal { .. } => origins.extend(lines.map(From::Generated)),
            _ => {
                let person = From::Person(lines.collect());
                origins.extend(std::iter::repeat_n(person, op.new_range().len()));
            }
        }
    }
    origins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_again_or_is_a_persons() {
        let base = "a\nb\nc\n";
        let generated = From::Generated;
        assert_eq!(
            origins(base, "\u{feff}a\r\nb\r\nc\r\n"),
            [generated(0), generated(1), generated(2)]
        );
        assert_eq!(
            origins(base, "a\nmine\nb\nc\n"),
            [
                generated(0),
                From::Person(vec![]),
                generated(1),
                generated(2)
            ]
        );
        assert_eq!(
            origins(base, "a\nB\nc"),
            [generated(0), From::Person(vec![1]), generated(2)]
        );
        assert_eq!(origins("", "mine\n"), [From::Person(vec![])]);
    }
}

//! The glob patterns of `members` and `exclude`, matched as Cargo expands them: a `*` stays within one folder.

/// Whether the pattern has anything to expand.
pub(super) fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?', '[', ']'])
}

/// Whether `path` (parts separated by `/`) is what `pattern` expands to.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    let pattern: Vec<&str> = parts(pattern).collect();
    let path: Vec<&str> = parts(path).collect();
    parts_match(&pattern, &path)
}

/// The parts of a path that say something: `./a//b/` is `a`, `b`.
pub(super) fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split(['/', '\\'])
        .filter(|part| !part.is_empty() && *part != ".")
}

fn parts_match(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern, path) {
        ([], []) => true,
        (["**", rest @ ..], _) => {
            (0..=path.len()).any(|skipped| parts_match(rest, &path[skipped..]))
        }
        ([first, pattern @ ..], [part, path @ ..]) => {
            let first: Vec<char> = first.chars().collect();
            let part: Vec<char> = part.chars().collect();
            part_matches(&first, &part) && parts_match(pattern, path)
        }
        _ => false,
    }
}

fn part_matches(pattern: &[char], part: &[char]) -> bool {
    match (pattern, part) {
        ([], []) => true,
        (['*', rest @ ..], _) => {
            (0..=part.len()).any(|skipped| part_matches(rest, &part[skipped..]))
        }
        (['?', pattern @ ..], [_, part @ ..]) => part_matches(pattern, part),
        (['[', set @ ..], [character, part @ ..]) => match set_end(set) {
            Some(end) => in_set(&set[..end], *character) && part_matches(&set[end + 1..], part),
            None => *character == '[' && part_matches(set, part),
        },
        ([expected, pattern @ ..], [character, part @ ..]) => {
            expected == character && part_matches(pattern, part)
        }
        _ => false,
    }
}

/// Where the set ends; a `]` that comes first in it belongs to it.
fn set_end(set: &[char]) -> Option<usize> {
    let first = usize::from(set.first() == Some(&'!'));
    (first + 1..set.len()).find(|&at| set[at] == ']')
}

fn in_set(set: &[char], character: char) -> bool {
    let (negated, mut set) = match set {
        ['!', rest @ ..] => (true, rest),
        _ => (false, set),
    };
    let mut found = false;
    loop {
        set = match set {
            [] => return found != negated,
            [from, '-', to, rest @ ..] => {
                found |= (*from..=*to).contains(&character);
                rest
            }
            [one, rest @ ..] => {
                found |= *one == character;
                rest
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, path: &str, expected: bool) {
        assert_eq!(matches(pattern, path), expected, "{pattern} on {path}");
    }

    #[test]
    fn a_pattern_matches_what_cargo_expands_it_to() {
        check("crates/*", "crates/a", true);
        check("./crates/*/", "crates/a", true);
        check("crates/*", "crates/.hidden", true);
        check("crates/*", "crates/a/b", false);
        check("crates/*", "crates", false);
        check("crates/**", "crates/a/b", true);
        check("**/svc-*", "a/b/svc-orders", true);
        check("**/svc-*", "svc-orders", true);
        check("svc-?", "svc-1", true);
        check("svc-?", "svc-12", false);
        check("svc-[0-9a]", "svc-7", true);
        check("svc-[!0-9]", "svc-7", false);
        check("svc-[]]", "svc-]", true);
        check("svc-[", "svc-[", true);
        check("a", "a", true);
        check("a", "b", false);
    }
}

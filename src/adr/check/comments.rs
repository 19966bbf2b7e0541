//! The comments of source files: enough of each language to tell a comment from a string.

use camino::Utf8Path;

use super::super::record::Span;

/// How a language writes comments and strings.
struct Syntax {
    /// What begins a comment to the end of the line.
    line: &'static str,
    /// What begins and ends a comment over several lines.
    block: Option<(&'static str, &'static str)>,
    /// Such comments stand within one another.
    nests: bool,
    /// A comment begins only at the beginning of a word, as in a shell.
    at_word: bool,
    /// Strings, the longest sign first, and whether they may hold line ends.
    strings: &'static [(&'static str, bool)],
    /// `'a` may be a lifetime, `r#"…"#` is a string.
    is_rust: bool,
}

const C: Syntax = Syntax {
    line: "//",
    block: Some(("/*", "*/")),
    nests: false,
    at_word: false,
    strings: &[("\"\"\"", true), ("\"", false), ("'", false), ("`", true)],
    is_rust: false,
};
const RUST: Syntax = Syntax {
    line: "//",
    block: Some(("/*", "*/")),
    nests: true,
    at_word: false,
    strings: &[("\"", true)],
    is_rust: true,
};
const HASH: Syntax = Syntax {
    line: "#",
    block: None,
    nests: false,
    at_word: true,
    strings: &[("\"\"\"", true), ("'''", true), ("\"", false), ("'", false)],
    is_rust: false,
};
const SQL: Syntax = Syntax {
    line: "--",
    block: Some(("/*", "*/")),
    nests: true,
    at_word: false,
    strings: &[("'", true), ("\"", false)],
    is_rust: false,
};

fn syntax(file: &Utf8Path) -> Option<&'static Syntax> {
    let extension = file.extension().unwrap_or_default().to_ascii_lowercase();
    match extension.as_str() {
        "rs" => Some(&RUST),
        "c" | "cc" | "cpp" | "cs" | "cxx" | "dart" | "go" | "h" | "hh" | "hpp" | "java" | "js"
        | "jsx" | "kt" | "kts" | "mjs" | "proto" | "scala" | "sol" | "swift" | "ts" | "tsx" => {
            Some(&C)
        }
        "bash" | "nix" | "py" | "rb" | "sh" | "tf" | "toml" | "yaml" | "yml" | "zsh" => Some(&HASH),
        "sql" => Some(&SQL),
        _ => {
            let name = file.file_name().unwrap_or_default();
            let is_known = [
                "Dockerfile",
                "Makefile",
                "Justfile",
                "justfile",
                "CODEOWNERS",
            ]
            .contains(&name);
            is_known.then_some(&HASH)
        }
    }
}

/// Whether a file is in a language whose comments are known here.
pub fn is_source(file: &Utf8Path) -> bool {
    syntax(file).is_some()
}

/// The comments of a text, with their signs; none for a language that is not known here.
pub(super) fn comments(file: &Utf8Path, text: &str) -> Vec<Span> {
    let Some(syntax) = syntax(file) else {
        return Vec::new();
    };
    let mut scanner = Scanner {
        text,
        at: 0,
        syntax,
        found: Vec::new(),
    };
    scanner.scan();
    scanner.found
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    syntax: &'static Syntax,
    found: Vec<Span>,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn scan(&mut self) {
        while let Some(next) = self.rest().chars().next() {
            if self.is_line_comment() {
                let start = self.at;
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
                self.found.push(start..self.at);
            } else if let Some((open, close)) = self.block() {
                let start = self.at;
                self.skip_block(open, close);
                self.found.push(start..self.at);
            } else if !self.skip_string() {
                self.at += next.len_utf8();
            }
        }
    }

    fn is_line_comment(&self) -> bool {
        self.rest().starts_with(self.syntax.line)
            && (!self.syntax.at_word
                || self.text[..self.at]
                    .chars()
                    .next_back()
                    .is_none_or(char::is_whitespace))
    }

    fn block(&self) -> Option<(&'static str, &'static str)> {
        self.syntax
            .block
            .filter(|(open, _)| self.rest().starts_with(open))
    }

    /// To the end of the comment, or of the file.
    fn skip_block(&mut self, open: &str, close: &str) {
        let mut depth = 0_usize;
        while let Some(next) = self.rest().chars().next() {
            if self.rest().starts_with(open) && (depth == 0 || self.syntax.nests) {
                depth += 1;
                self.at += open.len();
            } else if self.rest().starts_with(close) {
                depth -= 1;
                self.at += close.len();
                if depth == 0 {
                    return;
                }
            } else {
                self.at += next.len_utf8();
            }
        }
    }

    /// Passes a string that begins here.
    fn skip_string(&mut self) -> bool {
        if self.syntax.is_rust && (self.skip_raw_string() || self.skip_character()) {
            return true;
        }
        let string = self
            .syntax
            .strings
            .iter()
            .find(|(sign, _)| self.rest().starts_with(sign));
        let Some((sign, over_lines)) = string else {
            return false;
        };
        self.at += sign.len();
        while let Some(next) = self.rest().chars().next() {
            if self.rest().starts_with(sign) {
                self.at += sign.len();
                return true;
            }
            if next == '\n' && !over_lines {
                return true;
            }
            self.at += next.len_utf8();
            if next == '\\' {
                self.at += self.rest().chars().next().map_or(0, char::len_utf8);
            }
        }
        true
    }

    /// `r"…"`, `br##"…"##`.
    fn skip_raw_string(&mut self) -> bool {
        let before = self.text[..self.at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            return false;
        }
        let rest = self.rest();
        let body = rest.trim_start_matches(['b', 'c']);
        let Some(body) = body
            .strip_prefix('r')
            .filter(|body| rest.len() - body.len() <= 2)
        else {
            return false;
        };
        let inner = body.trim_start_matches('#');
        let hashes = body.len() - inner.len();
        let Some(inner) = inner.strip_prefix('"') else {
            return false;
        };
        let close = format!("\"{}", "#".repeat(hashes));
        self.at = self.text.len() - inner.len();
        self.at += inner
            .find(&close)
            .map_or(inner.len(), |end| end + close.len());
        true
    }

    /// `'"'` and `'\''`; of a lifetime the sign alone.
    fn skip_character(&mut self) -> bool {
        let Some(body) = self.rest().strip_prefix('\'') else {
            return false;
        };
        let mut letters = body.char_indices();
        let length = match (letters.next(), letters.next()) {
            (Some((_, '\\')), Some((at, escaped))) => {
                let from = at + escaped.len_utf8();
                body[from..].find('\'').map(|end| from + end + 1)
            }
            (Some(_), Some((at, '\''))) => Some(at + 1),
            _ => None,
        };
        self.at += 1 + length.unwrap_or(0);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::comments;

    #[track_caller]
    fn check(file: &str, text: &str, expected: &[&str]) {
        let found: Vec<&str> = comments(file.into(), text)
            .into_iter()
            .map(|span| &text[span])
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn comments_of_rust() {
        check(
            "a.rs",
            "let a = \"// no\"; // yes\nfn f<'a>(c: char) { c == '\"' /* a /* b */ c */ }\n",
            &["// yes", "/* a /* b */ c */"],
        );
        check("a.rs", "r#\"// no \" // no\"# /// yes", &["/// yes"]);
        check(
            "a.rs",
            "br\"\\\" '\\'' '\\u{1f600}' // yes\r\nx",
            &["// yes\r"],
        );
        check("a.rs", "\"é\n// no\" // 🎉 yes", &["// 🎉 yes"]);
        check("a.rs", "/* open", &["/* open"]);
    }

    #[test]
    fn comments_of_other_languages() {
        check("a.go", "x := `// no` // yes", &["// yes"]);
        check("a.ts", "a('it\\'s // no') // yes", &["// yes"]);
        check("a.py", "a = \"\"\"\n# no\n\"\"\" # yes", &["# yes"]);
        check("a.sh", "echo $# '#no' # yes", &["# yes"]);
        check("a.yml", "a: don't\nb: x#y # yes\n", &["# yes"]);
        check(
            "a.sql",
            "select '--no' -- yes\n/* it's */",
            &["-- yes", "/* it's */"],
        );
        check("Dockerfile", "# yes\nRUN x", &["# yes"]);
        check("a.txt", "# no", &[]);
    }
}

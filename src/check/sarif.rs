//! A report as SARIF 2.1.0, for code scanning: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use camino::Utf8Path;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Diagnostic, Place, RULES, Report, Texts};
use crate::answers::Exception;
use crate::baseline::ANSWERS;
use crate::snippet::Snippet;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const HOME: &str = env!("CARGO_PKG_REPOSITORY");

/// What results are made from.
struct Context<'a> {
    texts: &'a dyn Texts,
    strict: bool,
    /// The path of the project from the root of the repository, which code scanning takes paths from.
    folder: &'a Utf8Path,
}

/// The report as one document. What is excused is in it as suppressed, with its reason. Paths are relative to the root of the repository,
/// in which the project is at `folder`.
pub fn sarif(report: &Report, texts: &dyn Texts, strict: bool, folder: &Utf8Path) -> String {
    let context = Context {
        texts,
        strict,
        folder,
    };
    let found = report.diagnostics.iter().map(|found| (found, None));
    let excepted = report.excepted.iter();
    let excepted = excepted.map(|(found, exception)| (found, Some(exception)));
    let results: Vec<_> = found
        .chain(excepted)
        .map(|(found, exception)| context.result(found, exception))
        .collect();
    let rules: Vec<_> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.code,
                "name": rule.name,
                "shortDescription": { "text": rule.title },
                "fullDescription": { "text": rule.explanation },
                "help": { "text": rule.explanation, "markdown": rule.explanation },
                "helpUri": format!(
                    "{HOME}/blob/v{}/docs/diagnostics.md#{}",
                    env!("CARGO_PKG_VERSION"),
                    rule.code.to_lowercase()
                ),
                "defaultConfiguration": { "level": rule.severity.word() },
            })
        })
        .collect();
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": HOME,
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{document:#}\n")
}

impl Context<'_> {
    fn result(&self, found: &Diagnostic, exception: Option<&Exception>) -> Value {
        let helps = found.helps.iter().map(|help| format!("\nhelp: {help}"));
        let text: String = std::iter::once(found.message.clone())
            .chain(helps)
            .collect();
        let (first, others) = match found.places.split_first() {
            Some((first, others)) => (self.location(first), others),
            // Code scanning shows nothing without a place.
            None => {
                let uri = uri(self.folder.join(ANSWERS).as_str());
                let whole = json!({ "physicalLocation": { "artifactLocation": { "uri": uri } } });
                (whole, &[][..])
            }
        };
        let related: Vec<_> = others
            .iter()
            .zip(1..)
            .map(|(place, id)| {
                let mut location = self.location(place);
                location["id"] = json!(id);
                if !place.label.is_empty() {
                    location["message"] = json!({ "text": place.label });
                }
                location
            })
            .collect();
        let suppressions: Vec<_> = exception
            .iter()
            .map(|exception| {
                json!({
                    "kind": "external",
                    "status": "accepted",
                    "justification": format!("{} ({})", exception.reason, exception.owner),
                })
            })
            .collect();
        let index = RULES.iter().position(|rule| *rule == found.rule);
        json!({
            "ruleId": found.rule.code,
            "ruleIndex": index,
            "level": found.severity(self.strict).word(),
            "message": { "text": text },
            "locations": [first],
            "relatedLocations": related,
            "partialFingerprints": { "subject/v1": fingerprint(found) },
            "suppressions": suppressions,
        })
    }

    fn location(&self, place: &Place) -> Value {
        let text = self.texts.text(&place.file).unwrap_or_default();
        let snippet = Snippet::new(place.file.as_str(), &text, &place.span);
        json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(self.folder.join(&place.file).as_str()) },
        "region": {
            "startLine": snippet.line(),
            "startColumn": snippet.column(),
            "endColumn": snippet.column_end(),
        },
    } })
    }
}

/// The same finding in another place of the file is the same.
fn fingerprint(found: &Diagnostic) -> String {
    let digest = Sha256::digest(format!("{}\n{}", found.rule.code, found.subject));
    let digits = digest.iter().take(16);
    digits.map(|byte| format!("{byte:02x}")).collect()
}

/// A path as a relative reference.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes()
        .map(|byte| match plain(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("src/api/order.rs"), "src/api/order.rs");
        assert_eq!(
            uri("migrations/0001 größe.sql"),
            "migrations/0001%20gr%C3%B6%C3%9Fe.sql"
        );
    }
}

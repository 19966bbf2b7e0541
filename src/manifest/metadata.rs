//! What kickoff is to remember about a workspace, in the metadata of its manifest.

use toml_edit::{Document, Item};

use crate::error::{Error, Result};

/// The folder of decision records that a manifest names: key `adr` of `[workspace.metadata.kickoff]` or `[package.metadata.kickoff]`.
pub fn records_folder(text: &str) -> Option<String> {
    let document = Document::parse(text).ok()?;
    let of = |table: &str| {
        let kickoff = document.get(table)?.get("metadata")?.get("kickoff")?;
        kickoff.get("adr").and_then(Item::as_str).map(str::to_owned)
    };
    of("workspace").or_else(|| of("package"))
}

/// Lets a manifest name the folder. `None` where it does already; everything else stays as it is, byte for byte.
///
/// # Errors
/// The manifest names another folder, or has no place for it that could be found.
pub fn remember_records_folder(text: &str, folder: &str) -> Result<Option<String>> {
    match records_folder(text) {
        Some(known) if known == folder => return Ok(None),
        Some(known) => {
            return Err(Error::usage(format!("Cargo.toml names `{known}` as the folder of decision records"))
                .hint("change `adr` in `[workspace.metadata.kickoff]` or `[package.metadata.kickoff]` by hand"));
        }
        None => {}
    }
    let document = Document::parse(text)
        .map_err(|error| Error::failed("Cargo.toml is not valid TOML").caused_by(error))?;
    let table = match document.contains_key("workspace") {
        true => "workspace",
        false => "package",
    };
    let newline = match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    };
    let value = toml_edit::Value::from(folder);
    let end = match text.ends_with('\n') || text.is_empty() {
        true => "",
        false => newline,
    };
    let edited =
        format!("{text}{end}{newline}[{table}.metadata.kickoff]{newline}adr = {value}{newline}");
    match records_folder(&edited).as_deref() == Some(folder) {
        true => Ok(Some(edited)),
        false => Err(Error::failed(
            "there is no place for the folder of decision records in Cargo.toml",
        )
        .hint(format!(
            "add `adr = {value}` to the metadata of kickoff there by hand"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remembered(text: &str) -> Option<String> {
        remember_records_folder(text, "docs/adr").expect("a place")
    }

    #[test]
    fn a_table_is_added_at_the_end() {
        assert_eq!(
            remembered("# Ours.\r\n[workspace]\r\nmembers = []\r\n").as_deref(),
            Some(
                "# Ours.\r\n[workspace]\r\nmembers = []\r\n\r\n[workspace.metadata.kickoff]\r\nadr = \"docs/adr\"\r\n"
            )
        );
        assert_eq!(
            remembered("[package]\nname = \"a\"").as_deref(),
            Some("[package]\nname = \"a\"\n\n[package.metadata.kickoff]\nadr = \"docs/adr\"\n")
        );
        assert_eq!(
            remembered("[workspace.metadata.kickoff]\nadr = \"docs/adr\"\n"),
            None
        );
    }

    #[test]
    fn what_has_no_place_is_left_to_the_person() {
        for text in [
            "workspace = { members = [] }\n",
            "[workspace.metadata]\nkickoff = { level = 1 }\n",
            "[package]\nmetadata.kickoff.adr = \"notes\"\n",
        ] {
            let error = remember_records_folder(text, "docs/adr").expect_err(text);
            assert!(error.hints[0].contains("by hand"), "{error}");
        }
    }
}

//! Provisional.
use crate::error::{Error, Result};
/// Merges.
pub fn merge_manifests(layers: &[&str]) -> Result<String> {
    let mut doc: toml_edit::DocumentMut = layers[0]
        .parse()
        .map_err(|e: toml_edit::TomlError| Error::failed(e.to_string()))?;
    for l in &layers[1..] {
        let d: toml_edit::DocumentMut = l
            .parse()
            .map_err(|e: toml_edit::TomlError| Error::failed(e.to_string()))?;
        for (k, t) in d.iter() {
            if let Some(t) = t.as_table() {
                for (kk, v) in t.iter() {
                    doc[k][kk] = v.clone();
                }
                if let Some(t) = doc[k].as_table_mut() {
                    t.sort_values();
                }
            }
        }
    }
    Ok(doc.to_string())
}

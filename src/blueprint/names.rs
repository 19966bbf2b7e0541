//! Provisional names.
#![allow(missing_docs)]
fn words(t: &str) -> Vec<String> {
    let mut out = vec![];
    let mut w = String::new();
    let mut prev = ' ';
    for c in t.chars() {
        if !c.is_alphanumeric() {
            if !w.is_empty() {
                out.push(std::mem::take(&mut w))
            }
        } else {
            if c.is_uppercase() && prev.is_lowercase() {
                out.push(std::mem::take(&mut w))
            }
            w.extend(c.to_lowercase())
        }
        prev = c
    }
    if !w.is_empty() {
        out.push(w)
    }
    out
}
pub fn snake(t: &str) -> String {
    words(t).join("_")
}
pub fn kebab(t: &str) -> String {
    words(t).join("-")
}
pub fn label(t: &str) -> String {
    words(t).join(" ")
}
pub fn upper_camel(t: &str) -> String {
    words(t)
        .iter()
        .map(|w| {
            let mut c = w.chars();
            c.next()
                .map(|f| f.to_uppercase().chain(c).collect::<String>())
                .unwrap_or_default()
        })
        .collect()
}
pub fn title(t: &str) -> String {
    let l = label(t);
    let mut c = l.chars();
    c.next()
        .map(|f| f.to_uppercase().chain(c).collect())
        .unwrap_or_default()
}
pub fn rust_identifier(t: &str) -> String {
    if ["type", "match", "move", "ref", "use", "in", "for", "order_"].contains(&t) {
        format!("r#{t}")
    } else {
        t.to_owned()
    }
}
pub fn rust_type_name(t: &str) -> String {
    let n = upper_camel(t);
    if ["Option", "Result"].contains(&n.as_str()) {
        format!("{n}Record")
    } else {
        n
    }
}
pub fn module_name(t: &str) -> String {
    snake(t)
}
pub fn sql_identifier(t: &str) -> String {
    if ["order", "group", "user", "end"].contains(&t) {
        format!("\"{t}\"")
    } else {
        t.to_owned()
    }
}
pub fn plural(t: &str) -> String {
    if let Some(s) = t.strip_suffix('y') {
        format!("{s}ies")
    } else if t.ends_with('s') {
        format!("{t}es")
    } else {
        format!("{t}s")
    }
}
pub fn variant(t: &str) -> String {
    upper_camel(t)
}
pub fn with_article(t: &str) -> String {
    if t.starts_with(['a', 'e', 'i', 'o']) {
        format!("an {t}")
    } else {
        format!("a {t}")
    }
}
pub fn bare(t: &str) -> &str {
    t.trim_matches('"')
}
pub fn version_sort_key(t: &str) -> String {
    t.trim_start_matches("r#").to_owned()
}
pub fn singular_hint(t: &str) -> String {
    t.strip_suffix('s').unwrap_or(t).to_owned()
}

//! Lists in one line: separated by commas, items with a comma or a quote in double quotes.

/// The items of a list, without empty ones and without blanks around them.
pub(super) fn split(text: &str) -> Result<Vec<String>, String> {
    let mut items = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (item, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_item(quoted)?,
            None => {
                let (item, after) = rest.split_once(',').unwrap_or((rest, ""));
                (item.to_owned(), after)
            }
        };
        let item = item.trim();
        if !item.is_empty() {
            items.push(item.to_owned());
        }
        rest = after.trim_start();
    }
    Ok(items)
}

/// Reads behind an opening quote; returns the item and what follows its comma. A doubled quote stands for one.
fn quoted_item(text: &str) -> Result<(String, &str), String> {
    let mut item = String::new();
    let mut rest = text;
    loop {
        let Some((before, after)) = rest.split_once('"') else {
            return Err(format!(
                "the quote before `{text}` is never closed: add a `\"`"
            ));
        };
        item.push_str(before);
        match after.strip_prefix('"') {
            Some(after) => {
                item.push('"');
                rest = after;
            }
            None => {
                let after = after.trim_start();
                return match after.strip_prefix(',') {
                    Some(after) => Ok((item, after)),
                    None if after.is_empty() => Ok((item, after)),
                    None => Err(format!(
                        "there is no comma before `{after}`: separate items with `,`"
                    )),
                };
            }
        }
    }
}

/// The inverse of [`split`].
pub(super) fn join<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items
        .map(|item| {
            if item.contains(',') || item.starts_with('"') {
                format!("\"{}\"", item.replace('"', "\"\""))
            } else {
                item.to_owned()
            }
        })
        .collect::<Vec<_>>()
        .join(", ")
}

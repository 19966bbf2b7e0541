//! Edits named items, their parts and their fields.

use super::edit::{Edited, path};
use super::editor::Editor;
use super::insert::Entry;
use super::layout::{Layout, Path};
use super::{FileError, diff, encode, lexer, write};
use crate::answers::{Item, Value};
use crate::notation::FieldAnswer;
use crate::question::{ItemSchema, Question};

impl Editor {
    pub(super) fn edit_items(
        &mut self,
        schema: &'static ItemSchema,
        before: &[Item],
        after: &[Item],
    ) -> Edited {
        let list = path([schema.table]);
        let (old_names, new_names) = (names(before), names(after));
        let kept = self.edit_list(&list, &old_names, &new_names, |name| {
            after
                .iter()
                .find(|item| item.name == name)
                .map(|item| item_entry(schema, item))
        })?;
        for (at, item) in after.iter().enumerate() {
            let old = before.iter().find(|old| old.name == item.name);
            let is_kept = kept.contains(&item.name.as_str());
            let Some(old) = old.filter(|old| is_kept && *old != item) else {
                continue;
            };
            let own = below(&list, &item.name);
            self.edit_parts(schema, &own, old, item)?;
            // Dotted keys are all that there is of some items.
            if self.layout()?.first_mention(&own).is_none() {
                let neighbour = |item: Option<&Item>| item.map(|item| below(&list, &item.name));
                let previous = neighbour(at.checked_sub(1).and_then(|at| after.get(at)));
                let next = neighbour(after.get(at + 1));
                self.insert(
                    &item_entry(schema, item),
                    previous.as_deref(),
                    next.as_deref(),
                )?;
            }
        }
        Ok(())
    }

    /// Brings the entries of a list with names into the order of `after`: as few as possible are moved. New ones and those that move
    /// are made by `entry`. Returns the names of the others.
    fn edit_list<'a>(
        &mut self,
        list: &[String],
        before: &[&'a str],
        after: &[&'a str],
        entry: impl Fn(&str) -> Option<Entry>,
    ) -> Result<Vec<&'a str>, Vec<FileError>> {
        let kept = diff::kept(before, after);
        let gone: Vec<&str> = before
            .iter()
            .copied()
            .filter(|name| !kept.contains(name))
            .collect();
        // While nothing of the old list stays, its first entry shows where the list is.
        let is_anchored = !kept.is_empty();
        if is_anchored {
            self.remove_all(list, &gone)?;
        }
        for (at, name) in after
            .iter()
            .enumerate()
            .filter(|(_, name)| !kept.contains(name))
        {
            let previous = at.checked_sub(1).map(|at| below(list, after[at]));
            let next = after[at..].iter().find(|next| kept.contains(next));
            let next = next
                .or(before.first().filter(|_| !is_anchored))
                .map(|next| below(list, next));
            if let Some(entry) = entry(name) {
                self.insert(&entry, previous.as_deref(), next.as_deref())?;
            }
        }
        if !is_anchored {
            self.remove_all(list, &gone)?;
        }
        Ok(kept)
    }

    fn remove_all(&mut self, list: &[String], names: &[&str]) -> Edited {
        names
            .iter()
            .try_for_each(|name| self.remove(&below(list, name), None))
    }

    fn edit_parts(
        &mut self,
        schema: &ItemSchema,
        item: &[String],
        before: &Item,
        after: &Item,
    ) -> Edited {
        let mut gone = Vec::new();
        for part in schema.parts {
            let own = below(item, part.id);
            match (before.parts.get(part.id), after.parts.get(part.id)) {
                (old, new) if old == new => {}
                (Some(Value::Fields(old)), Some(Value::Fields(new))) => {
                    self.edit_fields(&own, old, new)?
                }
                (None, Some(Value::Fields(new))) => {
                    self.insert(&fields_entry(own, new), None, None)?
                }
                (None, Some(new)) => {
                    let toml = encode::value(new, part.id.len() + 3);
                    let stands = |layout: &Layout, other: &&Question| {
                        layout.statement(&below(item, other.id)).is_some()
                    };
                    let layout = self.layout()?;
                    let earlier = schema.parts.iter().take_while(|other| other.id != part.id);
                    let previous = earlier.filter(|other| stands(&layout, other)).last();
                    let previous = previous.map(|other| below(item, other.id));
                    self.insert(&Entry::key(own, toml), previous.as_deref(), None)?;
                }
                (Some(_), Some(new)) => self.set(&own, new)?,
                (_, None) => gone.push(own),
            }
        }
        gone.iter().try_for_each(|part| self.remove(part, None))
    }

    fn edit_fields<'a>(
        &mut self,
        table: &[String],
        before: &'a [FieldAnswer],
        after: &'a [FieldAnswer],
    ) -> Edited {
        let of = |fields: &[FieldAnswer], name: &str| {
            fields.iter().find(|field| field.name == name).cloned()
        };
        let field_names = |fields: &'a [FieldAnswer]| -> Vec<&'a str> {
            fields.iter().map(|field| field.name.as_str()).collect()
        };
        let kept = self.edit_list(table, &field_names(before), &field_names(after), |name| {
            of(after, name).map(|field| field_entry(below(table, name), &field))
        })?;
        for new in after.iter().filter(|new| kept.contains(&new.name.as_str())) {
            if let Some(old) = of(before, &new.name).filter(|old| old != new) {
                self.edit_field(&below(table, &new.name), &old, new)?;
            }
        }
        if self.layout()?.first_mention(table).is_none() {
            self.insert(&fields_entry(table.to_vec(), after), None, None)?;
        }
        Ok(())
    }

    fn edit_field(&mut self, own: &[String], old: &FieldAnswer, new: &FieldAnswer) -> Edited {
        let layout = self.layout()?;
        let is_plain = layout.statement(own).is_some_and(|statement| {
            lexer::comments(&self.text[statement.value.clone()]).is_empty()
        });
        if is_plain {
            return self.set_toml(own, &encode::field(new));
        }
        if old.spec != new.spec {
            self.set_toml(&below(own, "type"), &encode::quoted(&new.spec))?;
        }
        let empty = below(own, "empty");
        match (&old.empty_means, &new.empty_means) {
            (old, new) if old == new => Ok(()),
            (None, Some(new)) => self.insert(
                &Entry::key(empty, encode::quoted(new)),
                Some(&below(own, "type")),
                None,
            ),
            (Some(_), Some(new)) => self.set_toml(&empty, &encode::quoted(new)),
            (_, None) => self.remove(&empty, None),
        }
    }
}

fn below(path: &[String], key: &str) -> Path {
    path.iter().cloned().chain([key.to_owned()]).collect()
}

fn names(items: &[Item]) -> Vec<&str> {
    items.iter().map(|item| item.name.as_str()).collect()
}

fn item_entry(schema: &ItemSchema, item: &Item) -> Entry {
    let mut values = Vec::new();
    for part in schema.parts {
        match item.parts.get(part.id) {
            None => {}
            Some(Value::Fields(fields)) if !fields.is_empty() => {
                values.extend(
                    fields
                        .iter()
                        .map(|field| (path([part.id, &field.name]), encode::field(field))),
                );
            }
            Some(value) => values.push((path([part.id]), encode::value(value, part.id.len() + 3))),
        }
    }
    Entry {
        path: path([schema.table, &item.name]),
        values,
        tables: write::item_tables(schema, item),
        own_table: None,
    }
}

fn field_entry(own: Path, field: &FieldAnswer) -> Entry {
    let header = encode::dotted(own.iter().map(String::as_str));
    let spec = encode::assignment("type", &encode::quoted(&field.spec));
    let empty = field.empty_means.as_ref().map(|meaning| {
        let meaning = encode::assignment("empty", &encode::quoted(meaning));
        format!("\n{meaning}")
    });
    Entry {
        own_table: Some(format!("[{header}]\n{spec}{}", empty.unwrap_or_default())),
        ..Entry::key(own, encode::field(field))
    }
}

fn fields_entry(own: Path, fields: &[FieldAnswer]) -> Entry {
    let lines: Vec<String> = fields
        .iter()
        .map(|field| encode::assignment(&encode::key(&field.name), &encode::field(field)))
        .collect();
    Entry {
        tables: format!(
            "[{}]\n{}",
            encode::dotted(own.iter().map(String::as_str)),
            lines.join("\n")
        ),
        values: fields
            .iter()
            .map(|field| (path([&field.name]), encode::field(field)))
            .collect(),
        path: own,
        own_table: None,
    }
}

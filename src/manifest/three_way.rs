//! Three versions of a TOML file become one, entry by entry: the changes of the generated file, made in the person's own.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Key, Table, TableLike, Value};

use super::merge::{same, unite};

/// What became of three versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThreeWay {
    /// The person's text with the changes made in it.
    Clean(String),
    /// The entries that both sides changed, as dotted keys.
    Conflict(Vec<String>),
}

/// Makes the changes from `base` to `fresh` in `yours`. `None` where one of them is not TOML.
pub fn merge_three(base: &str, yours: &str, fresh: &str) -> Option<ThreeWay> {
    let parse = |text: &str| text.parse::<DocumentMut>().ok();
    let (base, mut merged, fresh) = (parse(base)?, parse(yours)?, parse(fresh)?);
    let mut merging = Merging::default();
    merging.tables(base.as_table(), merged.as_table_mut(), fresh.as_table());
    Some(match merging.conflicts.is_empty() {
        true => ThreeWay::Clean(merged.to_string()),
        false => ThreeWay::Conflict(merging.conflicts),
    })
}

/// Whether a text is TOML.
pub fn is_toml(text: &str) -> bool {
    text.parse::<DocumentMut>().is_ok()
}

/// Whether two texts are TOML of the same entries, whatever their order and layout.
pub fn says_the_same(one: &str, other: &str) -> bool {
    match (one.parse::<DocumentMut>(), other.parse::<DocumentMut>()) {
        (Ok(one), Ok(other)) => equal(Some(one.as_item()), Some(other.as_item())),
        _ => false,
    }
}

#[derive(Default)]
struct Merging {
    path: Vec<String>,
    conflicts: Vec<String>,
}

impl Merging {
    fn tables(&mut self, base: &dyn TableLike, yours: &mut Table, fresh: &dyn TableLike) {
        let was_sorted = yours.iter().map(|(name, _)| name).is_sorted();
        let before = yours.len();
        for name in names(base, fresh) {
            let (old, new) = (base.get(&name), fresh.get(&name));
            if is_settled(old, yours.get(&name), new) {
                continue;
            }
            if equal(yours.get(&name), old) {
                match (new, yours.get_mut(&name)) {
                    (None, _) => drop(yours.remove(&name)),
                    (Some(new), Some(mine)) => replace(mine, new),
                    (Some(new), None) => {
                        let key = fresh.key(&name).cloned().unwrap_or_else(|| Key::new(&name));
                        yours.insert_formatted(&key, unplaced(new));
                    }
                }
                continue;
            }
            self.path.push(name.clone());
            self.both(old, yours.get_mut(&name), new);
            self.path.pop();
        }
        if was_sorted && yours.len() != before && self.is_dependencies() {
            yours.sort_values();
        }
    }

    fn is_dependencies(&self) -> bool {
        let last = self.path.last();
        last.is_some_and(|name| name.ends_with("dependencies"))
    }

    fn inline_tables(
        &mut self,
        base: &dyn TableLike,
        yours: &mut InlineTable,
        fresh: &InlineTable,
    ) {
        for name in names(base, fresh) {
            let (old, new) = (base.get(&name), TableLike::get(fresh, &name));
            if is_settled(old, TableLike::get(yours, &name), new) {
                continue;
            }
            if equal(TableLike::get(yours, &name), old) {
                match new.and_then(Item::as_value) {
                    None => drop(yours.remove(&name)),
                    Some(new) => drop(yours.insert(&name, new.clone())),
                }
                yours.fmt();
                continue;
            }
            self.path.push(name.clone());
            self.both(old, TableLike::get_mut(yours, &name), new);
            self.path.pop();
        }
    }

    /// An entry that both sides changed.
    fn both(&mut self, old: Option<&Item>, yours: Option<&mut Item>, new: Option<&Item>) {
        let (Some(mine), Some(new)) = (yours, new) else {
            return self.conflict();
        };
        let nothing = InlineTable::new();
        let old_table = |versioned: bool| match old {
            Some(old) if versioned => as_inline(old),
            _ => None,
        };
        let is_entry =
            self.path.len() >= 2 && self.path[self.path.len() - 2].ends_with("dependencies");
        if is_entry
            && (mine.is_str() || new.is_str())
            && let (Some(mut inline), Some(new)) = (as_inline(mine), as_inline(new))
        {
            let old = old_table(true).unwrap_or_default();
            self.inline_tables(&old, &mut inline, &new);
            return replace(mine, &Item::Value(Value::InlineTable(inline)));
        }
        let converted = old_table(is_entry);
        let old: &dyn TableLike = match (&converted, old) {
            (Some(inline), _) => inline,
            (None, Some(old)) => match old.as_table_like() {
                Some(table) => table,
                None => return self.arrays(Some(old), mine, new),
            },
            (None, None) => &nothing,
        };
        match (mine, new) {
            (Item::Table(mine), new) if new.is_table_like() => {
                if let Some(new) = new.as_table_like() {
                    self.tables(old, mine, new);
                }
            }
            (Item::Value(Value::InlineTable(mine)), Item::Value(Value::InlineTable(new))) => {
                self.inline_tables(old, mine, new);
            }
            (mine, new) => self.arrays(None, mine, new),
        }
    }

    /// Lists are united, and what the generated one dropped is taken out.
    fn arrays(&mut self, old: Option<&Item>, mine: &mut Item, new: &Item) {
        let empty = Array::new();
        let old = match old {
            None => Some(&empty),
            Some(old) => old.as_array(),
        };
        let (Some(old), Some(mine), Some(new)) = (old, mine.as_array_mut(), new.as_array()) else {
            return self.conflict();
        };
        // A comment in a list belongs to an element, and nothing here knows to which.
        if mine.to_string().contains('#') {
            return self.conflict();
        }
        let contains = |list: &Array, value: &Value| list.iter().any(|one| same(one, value));
        mine.retain(|value| contains(new, value) || !contains(old, value));
        let added: Array = new
            .iter()
            .filter(|value| !contains(old, value))
            .cloned()
            .collect();
        unite(mine, &added);
    }

    fn conflict(&mut self) {
        self.conflicts.push(self.path.join("."));
    }
}

fn names(base: &dyn TableLike, fresh: &dyn TableLike) -> Vec<String> {
    let mut names: Vec<String> = fresh.iter().map(|(name, _)| name.to_owned()).collect();
    let dropped = base.iter().map(|(name, _)| name);
    let dropped: Vec<_> = dropped
        .filter(|name| !fresh.contains_key(name))
        .map(str::to_owned)
        .collect();
    names.extend(dropped);
    names
}

fn is_settled(old: Option<&Item>, mine: Option<&Item>, new: Option<&Item>) -> bool {
    equal(old, new) || equal(mine, new)
}

/// Puts a value in the place of another, whose comment and spacing stay.
fn replace(mine: &mut Item, new: &Item) {
    let decor = mine.as_value().map(|value| value.decor().clone());
    *mine = unplaced(new);
    if let (Some(value), Some(decor)) = (mine.as_value_mut(), decor) {
        *value.decor_mut() = decor;
    }
}

/// Without the place it had in its own file.
fn unplaced(item: &Item) -> Item {
    let mut item = item.clone();
    forget_place(&mut item);
    item
}

fn forget_place(item: &mut Item) {
    match item {
        Item::Table(table) => {
            table.set_position(None);
            table.iter_mut().for_each(|(_, item)| forget_place(item));
        }
        Item::ArrayOfTables(tables) => {
            for table in tables.iter_mut() {
                table.set_position(None);
                table.iter_mut().for_each(|(_, item)| forget_place(item));
            }
        }
        Item::Value(_) | Item::None => {}
    }
}

/// A dependency as a table, in whatever form it is written.
fn as_inline(item: &Item) -> Option<InlineTable> {
    super::merge::as_inline(item)
}

fn equal(one: Option<&Item>, other: Option<&Item>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => equal_items(one, other),
        _ => false,
    }
}

fn equal_items(one: &Item, other: &Item) -> bool {
    if let (Some(one), Some(other)) = (one.as_table_like(), other.as_table_like()) {
        return one.len() == other.len()
            && one
                .iter()
                .all(|(name, item)| equal(Some(item), other.get(name)));
    }
    if let (Some(one), Some(other)) = (one.as_array_of_tables(), other.as_array_of_tables()) {
        let tables = |tables: &toml_edit::ArrayOfTables| -> Vec<Item> {
            tables.iter().cloned().map(Item::Table).collect()
        };
        let (one, other) = (tables(one), tables(other));
        return one.len() == other.len()
            && one
                .iter()
                .zip(&other)
                .all(|(one, other)| equal_items(one, other));
    }
    match (one.as_value(), other.as_value()) {
        (Some(Value::Array(one)), Some(Value::Array(other))) => {
            one.len() == other.len()
                && one.iter().zip(other.iter()).all(|(one, other)| {
                    equal_items(&Item::Value(one.clone()), &Item::Value(other.clone()))
                })
        }
        (Some(one), Some(other)) => same(one, other),
        _ => false,
    }
}

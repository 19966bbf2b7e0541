//! What a column takes, and whether another definition takes all of it.

/// The definition of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Definition {
    pub(super) kind: String,
    pub(super) required: bool,
    pub(super) check: Option<String>,
    /// `REFERENCES` and all that follows it.
    pub(super) references: Option<String>,
}

/// From one definition to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    None,
    /// Whatever was there suits the new one.
    Wider,
    /// Something that was there may not suit, for this reason.
    Narrower(&'static str),
}

impl Definition {
    pub(super) fn read(text: &str) -> Definition {
        let (text, references) = match text.split_once(" REFERENCES ") {
            Some((text, rest)) => (text, Some(format!("REFERENCES {rest}"))),
            None => (text, None),
        };
        let (text, check) = match text.split_once(" CHECK (") {
            Some((text, rest)) => (text, rest.strip_suffix(')').map(str::to_owned)),
            None => (text, None),
        };
        let kind = text.split(' ').next().unwrap_or_default();
        Definition {
            kind: kind.to_owned(),
            required: text.contains(" NOT NULL"),
            check,
            references,
        }
    }

    /// What the change means for what is there.
    pub(super) fn change_to(&self, new: &Definition) -> Change {
        if self == new {
            return Change::None;
        }
        if self.kind != new.kind {
            return Change::Narrower("it is stored in another form");
        }
        if new.required && !self.required {
            return Change::Narrower("it is empty in some rows, perhaps");
        }
        let target = |definition: &Definition| {
            let references = definition.references.as_deref().unwrap_or_default();
            let (target, _) = references.split_once(" ON ").unwrap_or((references, ""));
            target.to_owned()
        };
        if new.references.is_some() && target(self) != target(new) {
            return Change::Narrower("some rows refer to nothing there, perhaps");
        }
        match (&self.check, &new.check) {
            (_, None) => Change::Wider,
            (Some(old), Some(new)) if old == new || is_wider(old, new) => Change::Wider,
            _ => Change::Narrower("some values are outside of the rule, perhaps"),
        }
    }

    /// A value that suits a required column for the moment in which it is made.
    pub(super) fn filler(&self) -> String {
        let check = self.check.as_deref().unwrap_or_default();
        if let Some((_, words)) = check.split_once(" IN (") {
            let first = list(words).into_iter().next();
            return first.unwrap_or_else(|| "''".to_owned());
        }
        let bounds = Bounds::read(check);
        let least = bounds
            .as_ref()
            .map_or(0, |bounds| bounds.min.max(0).min(bounds.max));
        match self.kind.as_str() {
            "INTEGER" | "BIGINT" | "SMALLINT" => least.to_string(),
            "BLOB" => "x''".to_owned(),
            "BYTEA" => "''".to_owned(),
            "BOOLEAN" => "false".to_owned(),
            "UUID" => "'00000000-0000-0000-0000-000000000000'".to_owned(),
            "TIMESTAMPTZ" | "DATE" => "'epoch'".to_owned(),
            "JSONB" => "'null'".to_owned(),
            _ => format!(
                "'{}'",
                "x".repeat(usize::try_from(least).unwrap_or_default())
            ),
        }
    }
}

fn is_wider(old: &str, new: &str) -> bool {
    if let (Some((one, old)), Some((other, new))) =
        (old.split_once(" IN ("), new.split_once(" IN ("))
    {
        let new = list(new);
        return one == other && list(old).iter().all(|word| new.contains(word));
    }
    match (Bounds::read(old), Bounds::read(new)) {
        (Some(old), Some(new)) => old.what == new.what && new.min <= old.min && old.max <= new.max,
        _ => false,
    }
}

/// The elements of `'a', 'b, c')`.
fn list(text: &str) -> Vec<String> {
    let text = text.strip_suffix(')').unwrap_or(text);
    let mut elements = vec![String::new()];
    let mut quoted = false;
    for character in text.chars() {
        quoted ^= character == '\'';
        match elements.last_mut() {
            Some(_) if character == ',' && !quoted => elements.push(String::new()),
            Some(last) => last.push(character),
            None => {}
        }
    }
    elements
        .iter()
        .map(|element| element.trim().to_owned())
        .collect()
}

/// `length(name) BETWEEN 1 AND 40`.
struct Bounds {
    what: String,
    min: i64,
    max: i64,
}

impl Bounds {
    fn read(check: &str) -> Option<Bounds> {
        let (what, min, max) = if let Some((what, bounds)) = check.split_once(" BETWEEN ") {
            let (min, max) = bounds.split_once(" AND ")?;
            (what, min.parse().ok()?, max.parse().ok()?)
        } else if let Some((what, min)) = check.split_once(" >= ") {
            (what, min.parse().ok()?, i64::MAX)
        } else {
            let (what, max) = check.split_once(" <= ")?;
            (what, i64::MIN, max.parse().ok()?)
        };
        // No text is shorter than nothing.
        let min = if what.starts_with("length(") {
            i64::max(min, 0)
        } else {
            min
        };
        Some(Bounds {
            what: what.to_owned(),
            min,
            max,
        })
    }
}

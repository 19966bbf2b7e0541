//! JSON merge patch (RFC 7396): what is absent stays, `null` clears, anything else replaces.

use axum::http::StatusCode;
use garde::Validate;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{
    extract::{self, check},
    problem::{Problem, Result},
};

/// Changes to a record, not yet checked: whether they are right depends on the rest of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct MergePatch(Map<String, Value>);

impl MergePatch {
    /// `current` with the changes made, checked as a whole as if a client had sent all of it.
    pub fn apply<T>(self, current: &T) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Validate<Context = ()>,
    {
        let mut whole = match serde_json::to_value(current) {
            Ok(Value::Object(members)) => members,
            Ok(_) => Map::new(),
            Err(error) => return Err(Problem::internal(&error)),
        };
        let mut cleared = Vec::new();
        for (name, value) in self.0 {
            if value.is_null() {
                // Kept as a null instead of removed, or a default would take its place.
                if whole.insert(name.clone(), value).is_some() {
                    cleared.push(name);
                }
            } else {
                merge(whole.entry(name).or_insert(Value::Null), value);
            }
        }
        let changed = extract::from_value(Value::Object(whole)).map_err(|error| {
            let clears = |name: &String| error.pointer.strip_prefix('/') == Some(name);
            if cleared.iter().any(clears) {
                let detail = "A member that is required cannot be cleared.";
                return Problem::new(StatusCode::BAD_REQUEST, "required", detail)
                    .with_error(error.pointer, "must not be null");
            }
            Problem::invalid(vec![error])
        })?;
        check(&changed)?;
        Ok(changed)
    }
}

fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(members) = target else {
        return;
    };
    for (name, value) in patch {
        if value.is_null() {
            members.remove(&name);
        } else {
            merge(members.entry(name).or_insert(Value::Null), value);
        }
    }
}

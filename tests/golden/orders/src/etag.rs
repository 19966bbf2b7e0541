//! Versions of a record over HTTP: `ETag: "v3"`, and the conditions that name it (RFC 9110).

use axum::{
    extract::FromRequestParts,
    http::{HeaderName, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{
    extract::Json,
    problem::{Problem, Result},
};

pub fn etag(version: i64) -> [(HeaderName, String); 1] {
    [(header::ETAG, format!("\"v{version}\""))]
}

/// The version that a change was decided on. It has to be named: a change decided on an old
/// version would undo, unseen, what others did since.
#[derive(Clone, Debug)]
pub struct IfMatch(Vec<String>);

impl IfMatch {
    pub fn check(&self, version: i64) -> Result<()> {
        let [(_, current)] = etag(version);
        if self.0.iter().any(|tag| *tag == current || tag == "*") {
            return Ok(());
        }
        Err(Problem::precondition_failed())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let tags = tags(parts, &header::IF_MATCH);
        if tags.is_empty() {
            return Err(Problem::precondition_required());
        }
        Ok(Self(tags))
    }
}

/// The versions that the client has already.
#[derive(Clone, Debug)]
pub struct IfNoneMatch(Vec<String>);

impl IfNoneMatch {
    /// The record, or 304 if the client has it.
    pub fn respond<T: Serialize>(&self, version: i64, record: T) -> Response {
        let [(_, current)] = etag(version);
        let has = |tag: &String| tag.trim_start_matches("W/") == current || tag == "*";
        if self.0.iter().any(has) {
            return (StatusCode::NOT_MODIFIED, etag(version)).into_response();
        }
        (etag(version), Json(record)).into_response()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfNoneMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        Ok(Self(tags(parts, &header::IF_NONE_MATCH)))
    }
}

/// None of our tags has a comma in it, so a list may be cut at each.
fn tags(parts: &Parts, name: &HeaderName) -> Vec<String> {
    let values = parts.headers.get_all(name).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|tag| tag.trim().to_owned())
        .filter(|tag| !tag.is_empty())
        .collect()
}

//! axum's extractors with our answers: whatever they refuse is a [`Problem`].

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use garde::Validate;
use serde::{
    Serialize,
    de::{DeserializeOwned, IgnoredAny},
};
use serde_json::Value;
use serde_path_to_error::{Path as Members, Segment};

use crate::problem::{FieldError, Problem, Result};

/// A JSON body: an object, whole, without members that nobody knows.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

/// A JSON body that keeps the rules of its type.
#[derive(Clone, Copy, Debug)]
pub struct Valid<T>(pub T);

/// The parameters in the path; what cannot be an id names nothing, so it is a 404.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

/// The query's parameters; put `deny_unknown_fields` on `T`, so that a typing error is not
/// silently another question.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        if !is_json(request.headers()) {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "The body must be JSON and say so in `Content-Type`.",
            ));
        }
        from_json(&body(request, state).await?).map(Self)
    }
}

impl<T, S> FromRequest<S> for Valid<T>
where
    T: DeserializeOwned + Validate<Context = ()>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let Json(input) = Json::<T>::from_request(request, state).await?;
        check(&input)?;
        Ok(Self(input))
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(_) => Err(Problem::not_found("resource")),
        }
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    #[expect(clippy::disallowed_types, reason = "refusals become problems here")]
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        match axum::extract::Query::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(value)) => Ok(Self(value)),
            Err(rejection) => Err(Problem::new(
                StatusCode::BAD_REQUEST,
                "invalid_query",
                rejection.body_text(),
            )),
        }
    }
}

/// The body as a whole, within its limit.
pub async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes> {
    let body = Bytes::from_request(request, state).await;
    body.map_err(|rejection| match rejection.status() {
        status @ StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::new(status, "too_large", "The body is larger than allowed.")
        }
        status => Problem::new(status, "unreadable_body", "The body ended early."),
    })
}

/// `application/json`, or a type built on it such as `application/merge-patch+json`.
fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(|essence| essence.trim().to_ascii_lowercase())
        .is_some_and(|essence| {
            essence == "application/json"
                || (essence.starts_with("application/") && essence.ends_with("+json"))
        })
}

fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    let malformed = |error: &serde_json::Error| {
        let detail = error.to_string();
        Problem::new(StatusCode::BAD_REQUEST, "malformed_json", detail)
    };
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        // serde_json takes some wrong types for wrong syntax, such as `null` for an enum.
        match serde_json::from_slice::<IgnoredAny>(body) {
            Ok(_) => Problem::invalid(vec![field_error(&error)]),
            Err(error) => malformed(&error),
        }
    })?;
    json.end().map_err(|error| malformed(&error))?;
    // A derived `Deserialize` also takes a struct's fields as an array, without their names.
    if body.trim_ascii_start().first() != Some(&b'{') {
        return Err(Problem::invalid(Vec::new()).with_error("", "must be an object"));
    }
    Ok(value)
}

/// Every rule that is broken, not only the first.
pub fn check<T: Validate<Context = ()>>(input: &T) -> Result<()> {
    let Err(report) = input.validate() else {
        return Ok(());
    };
    let errors = report.iter().map(|(path, error)| FieldError {
        pointer: garde_pointer(&path.to_string()),
        detail: error.to_string(),
    });
    Err(Problem::invalid(errors.collect()))
}

/// JSON that was read already.
pub fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, FieldError> {
    serde_path_to_error::deserialize(value).map_err(|error| field_error(&error))
}

fn field_error(error: &serde_path_to_error::Error<serde_json::Error>) -> FieldError {
    let message = error.inner().to_string();
    // The pointer says where better than the line does.
    let detail = message.rsplit_once(" at line ");
    let detail = detail.map_or(&*message, |(detail, _)| detail);
    let mut pointer = pointer(error.path());
    // serde points at the object that lacks the member or has one too many, and names the member.
    let member = ["missing field `", "unknown field `"]
        .iter()
        .find_map(|start| detail.strip_prefix(start)?.split('`').next())
        .map(|member| format!("/{}", escaped(member)));
    if let Some(member) = member.filter(|member| !pointer.ends_with(member)) {
        pointer.push_str(&member);
    }
    FieldError {
        pointer,
        detail: without_value(detail),
    }
}

/// What was sent stays out of refusals: it may be somebody's data, and answers are often logged.
fn without_value(detail: &str) -> String {
    match detail.rsplit_once(", expected ") {
        Some((wrong, _)) if wrong.starts_with("unknown field") => detail.to_owned(),
        Some((_, expected)) if expected.starts_with("struct ") => "must be an object".to_owned(),
        Some((_, expected)) => format!("must be {expected}"),
        None => detail.to_owned(),
    }
}

fn pointer(path: &Members) -> String {
    path.iter()
        .map(|segment| match segment {
            Segment::Map { key } => format!("/{}", escaped(key)),
            Segment::Seq { index } => format!("/{index}"),
            Segment::Enum { variant } => format!("/{}", escaped(variant)),
            Segment::Unknown => String::new(),
        })
        .collect()
}

/// garde writes `lines[0].type` where RFC 6901 has `/lines/0/type`.
fn garde_pointer(path: &str) -> String {
    path.split(['.', '['])
        .map(|member| member.trim_end_matches(']').trim_start_matches("r#"))
        .flat_map(|member| ["/", member])
        .collect()
}

/// RFC 6901, section 3.
fn escaped(member: &str) -> String {
    member.replace('~', "~0").replace('/', "~1")
}

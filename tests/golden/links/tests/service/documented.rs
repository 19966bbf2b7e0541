//! Holds every answer that any test sees against `openapi.json`.

use axum::{
    Router,
    body::{self, Body},
    extract::Request,
    http::{Method, StatusCode, header, response::Parts},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
};
use serde_json::Value;

use crate::schema::{self, DOCUMENT, resolved};

/// An answer that the document does not foresee becomes one that says so, and no test expects.
pub fn watched(routes: Router) -> Router {
    routes.layer(from_fn(watch))
}

async fn watch(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let (head, body) = next.run(request).await.into_parts();
    let body = body::to_bytes(body, usize::MAX).await.expect("a body");
    match check(&method, &path, &head, &body) {
        Ok(()) => Response::from_parts(head, Body::from(body)),
        Err(why) => {
            let why = format!("not as openapi.json says: {method} {path}: {why}");
            (StatusCode::IM_A_TEAPOT, axum::Json(why)).into_response()
        }
    }
}

fn check(method: &Method, path: &str, head: &Parts, body: &[u8]) -> Result<(), String> {
    let status = head.status.as_u16();
    let operation = operations(path).map(|operations| {
        let method = method.as_str().to_ascii_lowercase();
        operations.get(method.replace("head", "get"))
    });
    let operation = match operation {
        Some(Some(operation)) => operation,
        Some(None) if status == 405 => return problem(body),
        None if status == 404 => return problem(body),
        _ => return Err(format!("{status}, and there is no such operation")),
    };
    let response = operation["responses"].get(status.to_string());
    let response = resolved(response.ok_or_else(|| format!("{status} is not documented"))?);
    for (name, header) in response["headers"].as_object().into_iter().flatten() {
        if !head.headers.contains_key(name) && resolved(header)["required"] == true {
            return Err(format!("{status} lacks {name}"));
        }
    }
    if method == Method::HEAD {
        return Ok(());
    }
    let media_type = head.headers.get(header::CONTENT_TYPE);
    let media_type = media_type.and_then(|value| value.to_str().ok());
    let media_type = media_type.and_then(|value| value.split(';').next());
    let content = media_type.and_then(|name| response["content"].get(name));
    match (content, response.get("content")) {
        (Some(content), _) => {
            let body = match media_type {
                Some("text/html") => String::from_utf8_lossy(body).into(),
                _ => serde_json::from_slice(body).map_err(|error| error.to_string())?,
            };
            schema::check(&body, &content["schema"], "")
        }
        (None, Some(_)) => Err(format!("{status} as {media_type:?} is not documented")),
        (None, None) if body.is_empty() => Ok(()),
        (None, None) => Err(format!("{status} has a body, and none is documented")),
    }
}

fn problem(body: &[u8]) -> Result<(), String> {
    let body = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let schema = &DOCUMENT["components"]["schemas"]["Problem.Details"];
    schema::check(&body, schema, "")
}

/// What is documented about a path, by method.
fn operations(path: &str) -> Option<&'static Value> {
    let matches = |template: &str| {
        let (names, parts) = (template.split('/'), path.split('/'));
        names.clone().count() == parts.clone().count()
            && names
                .zip(parts)
                .all(|(name, part)| name.starts_with('{') || name == part)
    };
    let mut paths = DOCUMENT["paths"].as_object()?.iter();
    paths
        .find(|(template, _)| matches(template))
        .map(|(_, operations)| operations)
}

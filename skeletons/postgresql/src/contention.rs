//! What others got in the way of is done again. PostgreSQL ends one of two transactions that wait
//! for each other, and a record can be gone between two statements that need it.

use std::time::Duration;

use axum::{
    body::Body,
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::time::sleep;

use crate::{
    extract,
    problem::{Code, OVERTAKEN},
};

/// How often a request is worked on at most.
const ATTEMPTS: u32 = 4;

/// The longest pause behind the first attempt; it doubles with each.
const PAUSE: Duration = Duration::from_millis(20);

/// Works on a request again whose transaction was ended for the sake of others and left nothing
/// behind. Only for handlers that do nothing beside their transaction: one that calls another
/// service would call it again, and belongs on a route without this layer.
pub async fn retry(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let body = Request::from_parts(parts.clone(), body);
    let body = match extract::body(body, &()).await {
        Ok(body) => body,
        Err(problem) => return problem.into_response(),
    };
    let mut attempt = 1;
    loop {
        let request = Request::from_parts(parts.clone(), Body::from(body.clone()));
        let response = next.clone().run(request).await;
        let code = response.extensions().get::<Code>();
        if code.is_none_or(|code| code.0 != OVERTAKEN) || attempt == ATTEMPTS {
            return response;
        }
        tracing::info!(attempt, "others got in the way");
        sleep(pause(attempt)).await;
        attempt += 1;
    }
}

/// Anything between nothing and the longest, so that those who met do not meet again.
fn pause(attempt: u32) -> Duration {
    let longest = PAUSE * 2_u32.pow(attempt - 1);
    longest.mul_f64(fastrand::f64())
}

//! What a call has to know of the request that it is made for.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use tokio::time::Instant;

/// The services without whose answer a request was answered, in the answer's headers.
pub const DEGRADED: HeaderName = HeaderName::from_static("x-degraded");

tokio::task_local! {
    static CURRENT: Context;
}

#[derive(Clone, Debug)]
struct Context {
    deadline: Instant,
    degraded: Arc<Mutex<BTreeSet<&'static str>>>,
}

/// Does the work of a request that ends at `deadline`, and marks its answer where something stood
/// in for another service: no handler can forget it.
pub async fn within(deadline: Instant, work: impl Future<Output = Response>) -> Response {
    let degraded = Arc::default();
    let context = Context {
        deadline,
        degraded: Arc::clone(&degraded),
    };
    let mut response = CURRENT.scope(context, work).await;
    let degraded = degraded.lock().unwrap_or_else(PoisonError::into_inner);
    for name in degraded.iter() {
        response
            .headers_mut()
            .append(DEGRADED, HeaderValue::from_static(name));
    }
    response
}

/// Something stands in for this service in the answer to the current request.
pub(super) fn degrade(name: &'static str) {
    _ = CURRENT.try_with(|context| {
        let degraded = context.degraded.lock();
        let mut degraded = degraded.unwrap_or_else(PoisonError::into_inner);
        degraded.insert(name);
    });
}

/// When a call that begins now has to end: a tenth of what is left is kept for our own answer.
/// `None` outside of a request.
pub fn until() -> Option<Instant> {
    let deadline = CURRENT.try_with(|context| context.deadline).ok()?;
    let now = Instant::now();
    Some(now + (deadline - now) * 9 / 10)
}

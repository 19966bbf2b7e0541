//! The routes, one file for each kind of record: what is asked, in which order things are done
//! about it, and what is answered. What it means is the business of `domain`, how it is kept that
//! of `store`.

mod link;

use axum::{
    Router,
    http::{HeaderName, header},
};

use crate::{app::App, id::Id};

pub fn routes() -> Router<App> {
    Router::new().merge(link::routes())
}

/// Where the record with this id can be read.
fn location<T>(all: &str, id: Id<T>) -> [(HeaderName, String); 1] {
    [(header::LOCATION, format!("{all}/{id}"))]
}

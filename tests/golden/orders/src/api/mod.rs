//! The routes, one file for each kind of record: what is asked, in which order things are done
//! about it, and what is answered. What it means is the business of `domain`, how it is kept that
//! of `store`.

mod customer;
mod employee;
mod order;
mod order_line;
mod order_tags;
mod product;
mod tag;

use axum::{
    Router,
    http::{HeaderName, StatusCode, header},
};

use crate::{app::App, id::Id, store::Stored};

pub fn routes() -> Router<App> {
    Router::new()
        .merge(customer::routes())
        .merge(employee::routes())
        .merge(order::routes())
        .merge(order_line::routes())
        .merge(order_tags::routes())
        .merge(product::routes())
        .merge(tag::routes())
}

/// Where the record with this id can be read.
fn location<T>(all: &str, id: Id<T>) -> [(HeaderName, String); 1] {
    [(header::LOCATION, format!("{all}/{id}"))]
}
impl<T> From<Stored<T>> for (StatusCode, T) {
    fn from(stored: Stored<T>) -> Self {
        match stored {
            Stored::Created(record) => (StatusCode::CREATED, record),
            Stored::Existing(record) => (StatusCode::OK, record),
        }
    }
}

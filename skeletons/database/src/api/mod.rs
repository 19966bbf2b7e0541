//! The routes, one file for each kind of record: what is asked, in which order things are done
//! about it, and what is answered. What it means is the business of `domain`, how it is kept that
//! of `store`.

<% for module in store_modules %>
mod <{ module }>;
<% endfor %>

use axum::{
    Router,
    http::{HeaderName, <% if uses.stored_duplicates %>StatusCode, <% endif %>header},
};

<% if postgresql %>
use crate::{app::App, contention, id::Id<% if uses.stored_duplicates %>, store::Stored<% endif %>};

pub fn routes() -> Router<App> {
    // Their handlers do nothing beside one transaction, so they can be run again.
    let again = axum::middleware::from_fn(contention::retry);
    Router::new()<% for module in store_modules %>¦.merge(<{ module }>::routes())<% endfor %>¦.route_layer(again)
}
<% else %>
use crate::{app::App, id::Id<% if uses.stored_duplicates %>, store::Stored<% endif %>};

pub fn routes() -> Router<App> {
    Router::new()<% for module in store_modules %>¦.merge(<{ module }>::routes())<% endfor %>

}
<% endif %>

/// Where the record with this id can be read.
fn location<T>(all: &str, id: Id<T>) -> [(HeaderName, String); 1] {
    [(header::LOCATION, format!("{all}/{id}"))]
}
<% if uses.stored_duplicates %>
impl<T> From<Stored<T>> for (StatusCode, T) {
    fn from(stored: Stored<T>) -> Self {
        match stored {
            Stored::Created(record) => (StatusCode::CREATED, record),
            Stored::Existing(record) => (StatusCode::OK, record),
        }
    }
}
<% endif %>

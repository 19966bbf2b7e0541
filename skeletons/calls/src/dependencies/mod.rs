//! The services that we call, one module for each (docs/adr/<{ record_of["dependencies"] }>).
//!
//! How all of them are called stands in [`calls`](crate::calls).

use std::time::Duration;

use futures_util::future::join_all;

use crate::calls::<% if calls.queues %>{Calls, Endpoint}<% else %>Endpoint<% endif %>;
use crate::config::Vars;
use crate::metrics::Metrics;

<% for dependency in dependencies|sort(attribute="module") %>
pub mod <{ dependency.module }>;
<% endfor %>

/// Where they are: a part of the configuration.
#[derive(Clone, Debug)]
pub struct Endpoints {
<% for dependency in dependencies %>
    pub <{ dependency.module }>: Endpoint,
<% endfor %>
}

impl Endpoints {
    pub fn read(vars: &mut Vars) -> Self {
        Self {
<% for dependency in dependencies %>
            <{ dependency.module }>:¦ <{ dependency.module }>::endpoint(vars),
<% endfor %>
        }
    }
}

#[derive(Clone, Debug)]
pub struct Dependencies {
<% for dependency in dependencies %>
    pub <{ dependency.module }>:¦ <{ dependency.module }>::Client,
<% endfor %>
}

/// A service that is down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Down {
    pub name: &'static str,
    /// Nothing works without it.
    pub critical: bool,
}

impl Dependencies {
    pub fn new(endpoints: &Endpoints, metrics: &Metrics) -> Self {
        Self {
<% for dependency in dependencies %>
            <{ dependency.module }>:¦ <{ dependency.module }>::Client::new(endpoints, metrics),
<% endfor %>
        }
    }

<% if calls.queues %>
    /// Those whose calls are kept until they are there.
    pub fn queues(&self) -> [&Calls; <{ dependencies|selectattr("queued")|list|length }>] {
        [⟦<% for dependency in dependencies if dependency.queued %>self.<{ dependency.module }>.calls()<% if not loop.last %>, <% endif %><% endfor %>⟧]
    }

<% endif %>
    /// Those that are down, each of them asked at the same time and for no longer than this.
    pub async fn down(&self, limit: Duration) -> Vec<Down> {
        let all = [⟦<% for dependency in dependencies %>self.<{ dependency.module }>.calls()<% if not loop.last %>, <% endif %><% endfor %>⟧];
        let asked = all.map(async |calls| {
            let &Endpoint { name, critical, .. } = calls.endpoint();
            let down = calls.is_down(limit).await;
            down.then_some(Down { name, critical })
        });
        join_all(asked).await.into_iter().flatten().collect()
    }
}

//! The services that we call, one module for each (docs/adr/0003-dependencies.md).
//!
//! How all of them are called stands in [`calls`](crate::calls).

use std::time::Duration;

use futures_util::future::join_all;

use crate::calls::Endpoint;
use crate::config::Vars;
use crate::metrics::Metrics;

pub mod a;
pub mod a_very_long_name_that_somebody_wrote_out;
pub mod match_service;
pub mod strassen_dienst;

/// Where they are: a part of the configuration.
#[derive(Clone, Debug)]
pub struct Endpoints {
    pub a: Endpoint,
    pub match_service: Endpoint,
    pub strassen_dienst: Endpoint,
    pub a_very_long_name_that_somebody_wrote_out: Endpoint,
}

impl Endpoints {
    pub fn read(vars: &mut Vars) -> Self {
        Self {
            a: a::endpoint(vars),
            match_service: match_service::endpoint(vars),
            strassen_dienst: strassen_dienst::endpoint(vars),
            a_very_long_name_that_somebody_wrote_out:
                a_very_long_name_that_somebody_wrote_out::endpoint(vars),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Dependencies {
    pub a: a::Client,
    pub match_service: match_service::Client,
    pub strassen_dienst: strassen_dienst::Client,
    pub a_very_long_name_that_somebody_wrote_out: a_very_long_name_that_somebody_wrote_out::Client,
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
            a: a::Client::new(endpoints, metrics),
            match_service: match_service::Client::new(endpoints, metrics),
            strassen_dienst: strassen_dienst::Client::new(endpoints, metrics),
            a_very_long_name_that_somebody_wrote_out:
                a_very_long_name_that_somebody_wrote_out::Client::new(endpoints, metrics),
        }
    }

    /// Those that are down, each of them asked at the same time and for no longer than this.
    pub async fn down(&self, limit: Duration) -> Vec<Down> {
        let all = [
            self.a.calls(),
            self.match_service.calls(),
            self.strassen_dienst.calls(),
            self.a_very_long_name_that_somebody_wrote_out.calls(),
        ];
        let asked = all.map(async |calls| {
            let &Endpoint { name, critical, .. } = calls.endpoint();
            let down = calls.is_down(limit).await;
            down.then_some(Down { name, critical })
        });
        join_all(asked).await.into_iter().flatten().collect()
    }
}

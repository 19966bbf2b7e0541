<% set limited = access.callers|selectattr("limit")|list %>
//! A caller that sends more than it said is told to wait, and the others do not notice.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, RETRY_AFTER};
use tokio::time::advance;

use <{ service.crate_name }>::config::Config;
use <{ service.crate_name }>::rates::Rates;

use crate::credentials;
use crate::stubs;
use crate::support::{Service, assert_problem};

/// One of those who have a limit.
const LIMITED: &str = "<{ limited[0].slug }>";

const SECOND: Duration = Duration::from_secs(1);

/// Everybody who has a limit has this one.
fn rates(limit: usize) -> Rates {
    let config = Config::from_vars([]).expect("no problem");
    Rates::new(&config.rates.map(|(name, _)| (name, limit)))
}

fn taken(rates: &Rates, at_most: usize) -> usize {
    let requests = 0..at_most;
    requests.take_while(|_| rates.take(LIMITED).is_ok()).count()
}

#[test]
fn the_limits_are_those_that_were_answered() {
    let config = Config::from_vars([]).expect("no problem");
    let expected = [⟦<% for caller in limited %>(⟦"<{ caller.slug }>", <{ caller.limit|grouped }>⟧)<% if not loop.last %>, <% endif %><% endfor %>⟧];
    assert_eq!(config.rates, expected);
}

#[tokio::test(start_paused = true)]
async fn a_second_of_it_can_be_taken_at_once_and_comes_back_bit_by_bit() {
    let rates = rates(4);
    assert_eq!(taken(&rates, 9), 4);
    let wait = rates.take(LIMITED).expect_err("nothing is left");
    assert_eq!(wait, SECOND / 4);
    advance(wait - Duration::from_millis(1)).await;
    assert_eq!(taken(&rates, 9), 0);
    advance(Duration::from_millis(1)).await;
    assert_eq!(taken(&rates, 9), 1);
    advance(SECOND / 2).await;
    assert_eq!(taken(&rates, 9), 2);
    // Nobody saves up for later.
    advance(SECOND * 3600).await;
    assert_eq!(taken(&rates, 9), 4);
}

#[tokio::test(start_paused = true)]
async fn who_is_refused_does_not_wait_longer_for_having_asked() {
    let rates = rates(1);
    assert_eq!(taken(&rates, 9), 1);
    for _ in 0..100 {
        assert_eq!(rates.take(LIMITED), Err(SECOND));
    }
    advance(SECOND).await;
    assert_eq!(taken(&rates, 9), 1);
}

#[tokio::test(start_paused = true)]
async fn what_one_takes_is_not_missed_by_others() {
    let rates = rates(1);
    assert_eq!(taken(&rates, 9), 1);
    let config = Config::from_vars([]).expect("no problem");
    for (name, _) in config.rates.iter().filter(|(name, _)| *name != LIMITED) {
        assert_eq!(rates.take(name), Ok(()), "{name}");
    }
    for _ in 0..100 {
        assert_eq!(rates.take("somebody without a limit"), Ok(()));
    }
}

#[tokio::test]
async fn one_request_too_many_is_429_and_says_when_to_come_back() {
    let limit = |config: &mut Config| config.rates = config.rates.map(|(name, _)| (name, 1));
    let service = Service::with_routes(limit, stubs::routes()).await;
    let ask = async || {
        let request = service.client.get(service.url("/slow/0"));
        let request = request.header(AUTHORIZATION, credentials::by(LIMITED));
        request.send().await.expect("an answer")
    };
    assert_eq!(ask().await.status(), 200);
    let refusal = ask().await;
    assert_eq!(refusal.headers()[RETRY_AFTER], "1");
    assert_problem(refusal, 429, "rate_exceeded").await;
    let metrics = service.metrics().await;
    let line = format!("\nhttp_server_caller_requests_limited_total{{caller=\"{LIMITED}\"}} 1\n");
    assert!(metrics.contains(&line), "{line} in {metrics}");
    // Probes belong to nobody.
    let probe = service.get("/health/live").send().await;
    assert_eq!(probe.expect("an answer").status(), 200);
}

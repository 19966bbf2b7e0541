<% set writing = access.callers|selectattr("writes")|list %>
<% set two_writers = keys.creates and probe and writing|length > 1 %>
//! Tokens come and go one by one, and nobody reads one off the service.

use std::process::Command;

use reqwest::RequestBuilder;
use reqwest::header::{AUTHORIZATION, HeaderMap};

use <{ service.crate_name }>::config::Config;
<% if two_writers %>
use <{ service.crate_name }>::idempotency::IDEMPOTENCY_KEY;
<% endif %>
use <{ service.crate_name }>::tokens::{CALLERS, Tokens};

<% if two_writers %>
use crate::api::<{ probe.module_ident }>::{self as probe, ALL};
<% endif %>
use crate::credentials::{hash, of};
use crate::stubs;
use crate::support::{PROGRAM, Service, <% if two_writers %>answer, <% endif %>problem};

/// The settings of callers, in their order, that have these tokens, those of one with blanks between.
fn tokens<T: AsRef<str>>(of_each: &[T]) -> Tokens {
    let settings = CALLERS.iter().zip(of_each);
    let settings = settings.map(|((_, setting), tokens)| {
        let tokens = tokens.as_ref().split_whitespace();
        let hashes: Vec<String> = tokens.map(hash).collect();
        (setting.into(), hashes.join(", ").into())
    });
    Config::from_vars(settings).expect("no problem").tokens
}

/// A token for each caller.
fn each() -> Vec<String> {
    let numbers = 0..CALLERS.len();
    numbers.map(|number| format!("token-{number}")).collect()
}

/// In the place of the token that the tests have.
fn with(request: RequestBuilder, token: &str) -> RequestBuilder {
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, of(token));
    request.headers(headers)
}

#[tokio::test]
async fn a_token_is_exchanged_without_a_gap() {
    for (known, old, new) in [("old", 200, 401), ("old new", 200, 200), ("new", 401, 200)] {
        let known_now = |config: &mut Config| config.tokens = tokens(&[known]);
        let service = Service::with_routes(known_now, stubs::routes()).await;
        for (token, expected) in [("old", old), ("new", new)] {
            let request = with(service.get("/slow/0"), token);
            let status = request.send().await.expect("an answer").status();
            assert_eq!(status, expected, "{token} of {known}");
        }
    }
}

#[tokio::test]
async fn without_a_token_in_the_settings_nobody_gets_in() {
    let nobody = |config: &mut Config| config.tokens = Tokens::default();
    let service = Service::with_routes(nobody, stubs::routes()).await;
    for token in ["", "a", &hash("")] {
        let request = with(service.get("/slow/0"), token);
        problem(request, 401, "unauthenticated").await;
    }
}

#[test]
fn each_caller_is_told_by_its_own_tokens() {
    let tokens = tokens(&each());
    for (token, (caller, _)) in each().iter().zip(CALLERS) {
        assert_eq!(tokens.caller(token), Some(caller), "{token}");
    }
}

#[test]
fn what_is_no_hash_is_refused_and_not_shown() {
    let (_, setting) = CALLERS[0];
    let good = hash("a");
    for value in [
        "sesame",
        &good[1..],
        &good.replace('c', "g"),
        &format!("é{}", &good[2..]),
        &format!("{good},"),
        &format!("{good}00"),
    ] {
        let settings = [(setting.into(), value.into())];
        let error = Config::from_vars(settings).expect_err(value).to_string();
        assert!(error.contains(&format!("{setting} must")), "{error}");
        assert!(!error.contains(value), "{error}");
    }
    for (value, count) in [
        ("", 0),
        (&good, 1),
        (&good.to_uppercase(), 1),
        (&format!("{good} ,{good}"), 2),
    ] {
        let settings = [(setting.into(), value.into())];
        let config = Config::from_vars(settings).expect(value);
        assert_eq!(format!("{:?}", config.tokens), format!("{count} tokens"));
        assert_eq!(config.tokens.is_empty(), count == 0);
    }
}

#[test]
fn the_program_makes_a_token_and_its_hash() {
    let made = || {
        let output = Command::new(PROGRAM).arg("new-token").output();
        let output = output.expect("it starts");
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout).expect("text");
        let mut lines = text.lines();
        let mut value = || lines.next()?.rsplit(' ').next();
        let (token, hashed) = (value().expect("a token"), value().expect("a hash"));
        assert_eq!(hashed, hash(token));
        assert_eq!(token.len(), 64);
        token.to_owned()
    };
    assert_ne!(made(), made());
}
<% if two_writers %>

/// Else whoever guesses a key would read somebody else's answer.
#[tokio::test]
async fn a_key_of_one_caller_is_no_key_of_another() {
    let each = each();
    let service = Service::with(|config| config.tokens = tokens(&each)).await;
    let body = probe::sample(&service).await;
    let create = async |token: &str| {
        let request = with(service.client.post(service.url(ALL)), token);
        let request = request.header(IDEMPOTENCY_KEY, "the-same").json(&body);
        let (status, record) = answer(request).await;
        (status.as_u16(), record["id"].clone())
    };
<% if access.readers %>
    let callers = each.iter().zip(CALLERS);
    let mut writing = callers.filter(|(_, (caller, _))| caller.writes);
    let mut token = || writing.next().expect("a caller that writes").0;
    let (one, other) = (token(), token());
<% else %>
    let (one, other) = (&each[0], &each[1]);
<% endif %>
    let first = create(one).await;
    assert_eq!(first.0, 201);
    assert_eq!(create(one).await, first);
    assert_ne!(create(other).await, first);
}
<% endif %>

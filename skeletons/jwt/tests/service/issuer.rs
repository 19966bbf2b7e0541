<% set keyed = keys.creates and probe %>
//! Tokens count only if the issuer signed them, for us, and for now; and keys come and go.

use std::time::Duration;

use jsonwebtoken::get_current_timestamp;
use reqwest::RequestBuilder;
use reqwest::header::{AUTHORIZATION, HeaderMap};
use serde_json::{Value, json};

use <{ service.crate_name }>::access::Caller;
use <{ service.crate_name }>::app::App;
use <{ service.crate_name }>::config::Config;
<% if keyed %>
use <{ service.crate_name }>::idempotency::IDEMPOTENCY_KEY;
<% endif %>
use <{ service.crate_name }>::issuer::Refused;

<% if keyed %>
use crate::api::<{ probe.module_ident }>::{self as probe, ALL};
<% endif %>
use crate::credentials::{SIGNER, Signer, base64, claims, of, unsigned};
use crate::peer::{Peer, Reply};
use crate::stubs;
use crate::support::{Service, answer, problem, until};

/// Whether the service lets a token in, which it has to say by 401 alone.
async fn counts(service: &Service, token: &str) -> bool {
    let status = with(service.get("/slow/0"), token).send().await;
    match status.expect("an answer").status().as_u16() {
        200 => true,
        401 => false,
        other => panic!("{other}"),
    }
}

/// In the place of the token that the tests have.
fn with(request: RequestBuilder, token: &str) -> RequestBuilder {
    request.headers(HeaderMap::from_iter([(AUTHORIZATION, of(token))]))
}

/// Where the issuer is, for the service; without a pause between two fetches.
fn at(peer: &Peer) -> impl FnOnce(&mut Config) + use<> {
    let url = peer.url();
    |config| {
        config.endpoints.issuer.url = url;
        config.endpoints.issuer.attempts = 1;
        config.issuer.pause = Duration::ZERO;
    }
}

/// What the issuer answers when it is asked for these keys.
fn showing(keys: &[&Signer]) -> Reply {
    let keys: Vec<Value> = keys.iter().map(|key| key.public()).collect();
    Reply::Answer(200, "", json!({"keys": keys}).to_string().leak())
}

/// An application that has not seen any key, beside no service.
fn app(change: impl FnOnce(&mut Config)) -> App {
    let mut config = Config::from_vars(crate::credentials::settings()).expect("no problem");
    change(&mut config);
    App::new(config)
}

#[tokio::test]
async fn only_what_the_issuer_says_to_us_and_now_counts() {
    let service = Service::with_routes(|_| {}, stubs::routes()).await;
    let now = get_current_timestamp();
    for (claim, value, expected) in [
        ("sub", json!("somebody else"), true),
        ("exp", json!(now - 29), true),
        ("exp", json!(now - 300), false),
        ("exp", json!("tomorrow"), false),
        ("exp", Value::Null, false),
        ("nbf", json!(now + 5), true),
        ("nbf", json!(now + 300), false),
        ("iss", json!("https://issuer.example"), false),
        ("iss", json!("https://other.example/"), false),
        ("iss", Value::Null, false),
        ("aud", json!(["others", "tests"]), true),
        ("aud", json!("others"), false),
        ("aud", json!([]), false),
        ("aud", Value::Null, false),
        ("sub", Value::Null, false),
    ] {
        let mut claims = claims();
        claims[claim] = value.clone();
        if value.is_null() {
            claims.as_object_mut().expect("claims").remove(claim);
        }
        let token = SIGNER.sign(&claims);
        assert_eq!(counts(&service, &token).await, expected, "{claim}: {value}");
    }
}

#[tokio::test]
async fn what_nobody_signed_does_not_count() {
    let service = Service::with_routes(|_| {}, stubs::routes()).await;
    let token = SIGNER.sign(&claims());
    assert!(counts(&service, &token).await);
    let (message, signature) = token.rsplit_once('.').expect("a signature");
    let (header, _) = message.split_once('.').expect("a header");
    let mut other = claims();
    other["sub"] = "the boss".into();
    let changed = base64(other.to_string().as_bytes());
    let none = unsigned(&json!({"alg": "none", "kid": "one"}), &claims());
    let public = SIGNER.public()["x"].as_str().expect("a key").to_owned();
    let forger = Signer::ed25519("one");
    let signed_as = |header: Value| SIGNER.sign_as(&header, &claims());
    let shared = json!({"alg": "HS256", "kid": "one"});
    for token in [
        format!("{header}.{changed}.{signature}"),
        format!("{none}."),
        none,
        // The public key is no secret that anybody shares with us.
        hmac(&shared, &claims(), public.as_bytes()),
        forger.sign(&claims()),
        signed_as(json!({"alg": "ES256", "kid": "one"})),
        signed_as(json!({"alg": "EdDSA"})),
        signed_as(json!({"alg": "EdDSA", "kid": "one", "crit": ["x"], "x": 1})),
        message.to_owned(),
        "a.b.c".to_owned(),
    ] {
        assert!(!counts(&service, &token).await, "{token}");
    }
}

fn hmac(header: &Value, claims: &Value, secret: &[u8]) -> String {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret);
    let message = unsigned(header, claims);
    let signature = ring::hmac::sign(&key, message.as_bytes());
    format!("{message}.{}", base64(signature.as_ref()))
}

#[tokio::test]
async fn each_way_to_sign_that_is_allowed_is_understood() {
    let service = Service::with_routes(|_| {}, stubs::routes()).await;
    let curve = Signer::p256("curve");
    let rsa = json!({"kid": "rsa", "kty": "RSA", "use": "sig", "n": MODULUS, "e": "AQAB"});
    let odd = json!({"kid": "odd", "kty": "new", "use": ["?"]});
    let known = [&odd, &curve.public(), &rsa, &SIGNER.public()];
    service.app.issuer.learn(&json!({"keys": known}));
    let signed = [&curve, &*SIGNER].map(|signer| signer.sign(&claims()));
    for token in [&signed[0], &signed[1], SIGNED_BY_RSA] {
        assert!(counts(&service, token).await, "{token}");
    }
    let last = SIGNED_BY_RSA.len() - 9;
    let changed = format!("{}A{}", &SIGNED_BY_RSA[..last], &SIGNED_BY_RSA[last + 1..]);
    assert!(!counts(&service, &changed).await);
    for (member, value) in [("use", "enc"), ("alg", "RS512"), ("kid", "other")] {
        let mut key = rsa.clone();
        key[member] = value.into();
        let known = [&key, &SIGNER.public()];
        service.app.issuer.learn(&json!({"keys": known}));
        assert!(!counts(&service, SIGNED_BY_RSA).await, "{key}");
    }
}

#[tokio::test]
async fn a_key_that_nobody_has_seen_is_asked_for() {
    let (old, new) = (Signer::ed25519("old"), Signer::p256("new"));
    let peer = Peer::start(showing(&[&old])).await;
    let app = app(at(&peer));
    let known = async |key: &Signer| app.issuer.caller(&key.sign(&claims())).await.is_ok();
    assert!(known(&old).await && !known(&new).await);
    // The issuer begins to sign with another key, and withdraws the first one some time after.
    peer.reply(showing(&[&old, &new]));
    assert!(known(&new).await && known(&old).await);
    peer.reply(showing(&[&new]));
    app.issuer.refresh().await;
    assert!(known(&new).await && !known(&old).await);
    let asked = &peer.requests()[0];
    let expected = "GET /base/.well-known/jwks.json HTTP/1.1\r\n";
    assert!(asked.starts_with(expected), "{asked}");
}

#[tokio::test]
async fn made_up_keys_are_not_asked_for_again_and_again() {
    let peer = Peer::start(showing(&[&SIGNER])).await;
    let app = app(|config| {
        at(&peer)(config);
        config.issuer.pause = Duration::from_secs(60);
    });
    for kid in ["a", "b", "c", "d"] {
        let token = SIGNER.sign_as(&json!({"alg": "EdDSA", "kid": kid}), &claims());
        assert_eq!(app.issuer.caller(&token).await, Err(Refused::Invalid));
    }
    assert_eq!(peer.requests().len(), 1);
    assert!(app.issuer.caller(&SIGNER.sign(&claims())).await.is_ok());
}

#[tokio::test]
async fn while_the_issuer_is_down_the_last_keys_count_on() {
    let peer = Peer::start(showing(&[&SIGNER])).await;
    let app = app(at(&peer));
    app.issuer.refresh().await;
    for reply in [
        Reply::Answer(503, "", ""),
        Reply::Answer(404, "", ""),
        Reply::Answer(200, "", "<html>"),
        Reply::Answer(200, "", "{\"keys\":[]}"),
        Reply::Half,
    ] {
        peer.reply(reply);
        app.issuer.refresh().await;
        let caller = app.issuer.caller(&SIGNER.sign(&claims())).await;
        assert!(caller.is_ok(), "{reply:?}");
    }
    assert_eq!(peer.requests().len(), 6);
}

#[tokio::test]
async fn without_keys_it_is_not_ready_and_says_that_it_is_not_the_token() {
    let peer = Peer::start(Reply::Answer(503, "", "")).await;
    let service = Service::with_routes(at(&peer), stubs::routes()).await;
    let app = app(at(&peer));
    assert!(!app.issuer.has_keys());
    let token = SIGNER.sign(&claims());
    assert_eq!(app.issuer.caller(&token).await, Err(Refused::NoKeys));

    problem(with(service.get("/slow/0"), &token), 503, "issuer_unknown").await;
    let refusal = problem(service.get("/health/ready"), 503, "not_ready").await;
    assert_eq!(refusal["errors"][0]["pointer"], "/issuer", "{refusal}");
    peer.reply(showing(&[&SIGNER]));
    let issuer = service.app.issuer.clone();
    let watching = tokio::spawn(async move { issuer.watch().await });
    let ready = async || answer(service.get("/health/ready")).await.0 == 200;
    until("ready", ready).await;
    watching.abort();
    assert!(counts(&service, &token).await);
}

#[test]
fn a_caller_is_one_that_was_named_or_one_of_the_others() {
    for client in [None, Some(""), Some("made up")] {
        let caller = Caller::new(client, "ada".to_owned());
        assert_eq!((caller.name, &*caller.subject), ("other", "ada"));
    }
}
<% if keyed %>

/// Else whoever guesses a key would read somebody else's answer.
#[tokio::test]
async fn a_key_of_one_subject_is_no_key_of_another() {
    let service = Service::start().await;
    let body = probe::sample(&service).await;
    let create = async |subject: &str| {
        let mut claims = claims();
        claims["sub"] = subject.into();
        let request = service.client.post(service.url(ALL));
        let request = with(request, &SIGNER.sign(&claims));
        let request = request.header(IDEMPOTENCY_KEY, "the-same").json(&body);
        let (status, record) = answer(request).await;
        (status.as_u16(), record["id"].clone())
    };
    let first = create("ada").await;
    assert_eq!(first.0, 201);
    assert_eq!(create("ada").await, first);
    assert_ne!(create("grace").await, first);
}
<% endif %>

/// Of a key that nobody has any more, and what it signed until the year 3000.
const MODULUS: &str = "\
    4a9HLAgAzxXcf-xkjpu8wyvsGzlsTwunra7s-fjci2pjFpZDM9dP6N0E39-8_n7Uy6oZ_DTs4mVQxzwz92_uz8l2\
    UsNE3xt9PqwTKsbc14gImyEfHL_Qb6XrA8W7c0-0mJ6FtAUPUu2rs3wi659JHcbtGawEClOg8rLYm-MmRBFCOL1a\
    w4fT58UnPayX1uY27mkVpoSWReI97M9B9R6Vplo6hcRIlDuysBAFKj8IGN-gLcnn9HqVHGUPaW-qBSRYt7xQeeKc\
    BykXvTJ-476C2WQi6AUfj-YqYJLDWDyRqAN7Py0we4OXR0xyeOUFGCgYhcQYyu9Qu6PrURS8jrnjFQ";
const SIGNED_BY_RSA: &str = "\
    eyJhbGciOiJSUzI1NiIsImtpZCI6InJzYSJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlLyIsImF1ZCI\
    6InRlc3RzIiwic3ViIjoiYWRhIiwiZXhwIjozMjUwMzY4MDAwMH0.L4sD5aY4mXSn8pxXQGdG8IrDUvR0yMok7Lp\
    lvthy1KFgnT3zujnBJrfrIVPxuwUmsvjumYosWuscTixDUMPdS74MtOrMq5Q9zSTgjZwXr5pEou0_LjmpOtdddil\
    YaXoQmyU06ZSnm1jUM1tnX5Xnsl2QfMb801NnewN0weLo4eG1RnZ_wci1cH5TeaEyDA6_Av9-A1-APbuGulZ81oV\
    BP6MEhqJ779fAMe6b_PQJNLgJEdVUZ0hGqfiY7F2fAih4tRfNciwhFZi8KF0hDTkggqDo0vd3vk8HqJSzMN5hyDq\
    PIZdB2-rTY2TlY8rcuzx1khLwI9aH89gvjcrWU3yQ8A";

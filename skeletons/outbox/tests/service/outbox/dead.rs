//! What was given up: kept, with the reason, until a person has decided about it.

use reqwest::StatusCode;
use serde_json::{Value, json};

use <{ service.crate_name }>::outbox::ATTEMPTS;

use super::{CHANNEL, Reply, Taker, keep, kept, taken_before};
use crate::support::{Service, answer, until};

async fn dead(service: &Service) -> Value {
    let (status, dead) = answer(service.client.get(url(service, ""))).await;
    assert_eq!(status, 200);
    dead
}

async fn id_of(service: &Service, at: usize) -> String {
    let dead = dead(service).await;
    dead[at]["id"].as_str().expect("an id").to_owned()
}

fn url(service: &Service, path: &str) -> String {
    format!("http://{}/outbox/dead{path}", service.admin)
}

/// With these messages, all of them dead.
async fn service(taker: &Taker, subjects: &[&str]) -> Service {
    let service = Service::start().await;
    for subject in subjects {
        taker.reply(subject, [Reply::Failed]);
        keep(&service, Some("key"), subject).await;
        taken_before(&service, subject, ATTEMPTS - 1).await;
    }
    let relay = taker.run(&service.app);
    let all_dead = async || kept(&service).await.iter().all(|(.., dead)| *dead);
    until("given up", all_dead).await;
    relay.abort();
    service
}

#[tokio::test]
async fn it_says_what_and_why_and_not_more() {
    let service = service(&Taker::new(), &["/charges"]).await;
    let dead = dead(&service).await;
    let [message] = &dead.as_array().expect("a list")[..] else {
        panic!("{dead}")
    };
    assert_eq!(message["channel"], CHANNEL);
    assert_eq!(message["subject"], "/charges");
    assert_eq!(message["ordering_key"], "key");
    assert_eq!(message["attempts"], ATTEMPTS);
    assert_eq!(message["reason"], "not that one");
    assert!(!dead.to_string().contains("secret"), "{dead}");
}

#[tokio::test]
async fn one_of_them_can_be_tried_again() {
    let taker = Taker::new();
    let service = service(&taker, &["/one", "/other"]).await;
    let before = taker.seen();
    let id = id_of(&service, 1).await;
    let replay = url(&service, &format!("/{id}/replay"));
    let (status, _) = answer(service.client.post(&replay)).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let (status, _) = answer(service.client.post(&replay)).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "it is not dead any more");
    let _relay = taker.run(&service.app);
    until("delivered", async || kept(&service).await.len() == 1).await;
    let again = taker.seen().pop().expect("a message");
    assert_eq!(again.id, before[1].id, "the other side has to know it");
    assert_eq!(again.attempts, 1, "it has all its attempts again");
    assert_eq!(dead(&service).await[0]["subject"], "/one");
}

#[tokio::test]
async fn all_of_them_can_be_tried_again() {
    let taker = Taker::new();
    let service = service(&taker, &["/one", "/other"]).await;
    let replay = service.client.post(url(&service, "/replay"));
    assert_eq!(answer(replay).await.1, json!({"replayed": 2}));
    let _relay = taker.run(&service.app);
    until("delivered", async || kept(&service).await.is_empty()).await;
}

#[tokio::test]
async fn one_of_them_can_be_forgotten_and_no_other() {
    let service = service(&Taker::new(), &["/one", "/other"]).await;
    let id = id_of(&service, 0).await;
    let forget = url(&service, &format!("/{id}"));
    let (status, _) = answer(service.client.delete(&forget)).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(kept(&service).await.len(), 1);

    let id = id_of(&service, 0).await;
    let forget = url(&service, &format!("/{id}"));
    let replay = service.client.post(url(&service, "/replay"));
    assert_eq!(answer(replay).await.1, json!({"replayed": 1}));
    let (status, _) = answer(service.client.delete(&forget)).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "it is not dead any more");
    assert_eq!(kept(&service).await.len(), 1);
}

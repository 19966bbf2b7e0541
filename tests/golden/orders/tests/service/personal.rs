//! What is marked personal is stored and answered, and told by no refusal, line or `Debug`.

use serde_json::{Value, json};
use uuid::Uuid;

use orders::domain::customer::CustomerInput;
use orders::domain::employee::EmployeeInput;

use crate::api;
use crate::support::{Service, json, logged};

/// It appears nowhere else.
const PERSONAL: &str = "Xanthippe";

#[tokio::test]
async fn customer_stays_private() {
    let service = Service::start().await;
    let sample = api::customer::sample(&service).await;
    assert_untold(&service, api::customer::ALL, sample, "name").await;
    let sample = api::customer::sample(&service).await;
    assert_untold(&service, api::customer::ALL, sample, "email").await;
    let sample = api::customer::sample(&service).await;
    assert_untold(&service, api::customer::ALL, sample, "phone").await;
    let sample = api::customer::sample(&service).await;
    let input: CustomerInput = serde_json::from_value(sample).expect("an input");
    let hidden = format!("{input:?}").matches("(personal)").count();
    assert_eq!(hidden, 3, "{input:?}");
}

#[tokio::test]
async fn employee_stays_private() {
    let service = Service::start().await;
    let sample = api::employee::sample(&service).await;
    assert_untold(&service, api::employee::ALL, sample, "name").await;
    let sample = api::employee::sample(&service).await;
    assert_untold(&service, api::employee::ALL, sample, "email").await;
    let sample = api::employee::sample(&service).await;
    let input: EmployeeInput = serde_json::from_value(sample).expect("an input");
    let hidden = format!("{input:?}").matches("(personal)").count();
    assert_eq!(hidden, 2, "{input:?}");
}

/// Sends it as it should not be, as it may be, and as somebody else's.
async fn assert_untold(service: &Service, all: &str, sample: Value, field: &str) {
    for value in [
        json!(PERSONAL),
        json!(PERSONAL.repeat(4_000)),
        json!(format!("{PERSONAL}@example.com")),
        json!([PERSONAL]),
        json!({PERSONAL: PERSONAL}),
    ] {
        let mut input = sample.clone();
        input[field] = value;
        for _ in 0..2 {
            let id = Uuid::now_v7().to_string();
            let request = service.post(all).header("x-request-id", &id);
            let response = request.json(&input).send().await.expect("an answer");
            let refused = !response.status().is_success();
            let body = json(response).await.to_string();
            assert!(!refused || !body.contains(PERSONAL), "{field}: {body}");
            let whole = |lines: &[Value]| lines.iter().any(|line| !line["status"].is_null());
            for line in logged(&id, whole).await {
                assert!(!line.to_string().contains(PERSONAL), "{field}: {line}");
            }
        }
    }
}

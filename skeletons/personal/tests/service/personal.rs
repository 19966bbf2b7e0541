//! What is marked personal is stored and answered, and told by no refusal, line or `Debug`.

use serde_json::{Value, json};
use uuid::Uuid;

<% for entity in by_module(entities) if entity.fields|selectattr("personal")|list %>
use <{ service.crate_name }>::domain::<{ entity.module_ident }>::<{ entity.type }>Input;
<% endfor %>

use crate::api;
use crate::support::{Service, json, logged};

/// It appears nowhere else.
const PERSONAL: &str = "Xanthippe";
<% for entity in entities if entity.fields|selectattr("personal")|list %>

#[tokio::test]
async fn <{ entity.module }>_stays_private() {
    let service = Service::start().await;
<% for field in entity.fields if field.personal %>
    let sample = api::<{ entity.module_ident }>::sample(&service).await;
    assert_untold(⟦&service, api::<{ entity.module_ident }>::ALL, sample, "<{ field.name }>"⟧).await;
<% endfor %>
    let sample = api::<{ entity.module_ident }>::sample(&service).await;
    let input: <{ entity.type }>Input =¦ serde_json::from_value(sample).expect("an input");
    let hidden = format!("{input:?}").matches("(personal)").count();
<% set loose_names = entity.fields|selectattr("refers_to_ours")|selectattr("optional")|map(attribute="name")|list %>
    assert_eq!(hidden, <{ entity.fields|selectattr("personal")|rejectattr("name", "in", loose_names)|list|length }>, "{input:?}");
}
<% endfor %>

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

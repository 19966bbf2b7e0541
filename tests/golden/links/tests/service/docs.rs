//! The page for people says all that the document says, and is harmless whatever that is.

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::header;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use links::docs;

use crate::schema::{DOCUMENT, resolved};
use crate::support::Service;

/// The page, with its policy.
async fn shown() -> (String, String) {
    let service = Service::start().await;
    let response = service.get("/docs").send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    let headers = response.headers();
    assert_eq!(headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
    let policy = &headers[header::CONTENT_SECURITY_POLICY];
    let policy = policy.to_str().expect("text").to_owned();
    (response.text().await.expect("text"), policy)
}

fn members(value: &'static Value) -> impl Iterator<Item = (&'static String, &'static Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

/// What a person reads there.
fn words(html: &str) -> String {
    let parts = html.split('<').skip(1);
    let parts = parts.filter_map(|part| Some(part.split_once('>')?.1));
    unescaped(parts.collect())
}

fn unescaped(mut text: String) -> String {
    for (entity, char) in [
        ("#x2f", "/"),
        ("#x27", "'"),
        ("quot", "\""),
        ("lt", "<"),
        ("gt", ">"),
        ("amp", "&"),
    ] {
        text = text.replace(&format!("&{entity};"), char);
    }
    text
}

/// The part of the page behind a heading.
fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    assert_eq!(page.matches(heading).count(), 1, "{heading}");
    let (_, section) = page.split_once(heading).expect("it is there");
    section.split("</section>").next().unwrap_or_default()
}

#[tokio::test]
async fn every_operation_and_every_body_is_on_the_page() {
    let (page, _) = shown().await;
    let mut count = 0;
    for (path, item) in members(&DOCUMENT["paths"]) {
        for (method, operation) in members(item).filter(|(name, _)| *name != "parameters") {
            let id = operation["operationId"].as_str().expect("a name");
            let section = words(section(&page, &format!("<h3 id=\"{id}\"")));
            let route = format!("{} {path}\n", method.to_ascii_uppercase());
            assert!(section.starts_with(&route), "{route} in {section}");
            let parameters = [&item["parameters"], &operation["parameters"]];
            let parameters = parameters.into_iter().filter_map(Value::as_array).flatten();
            let names = parameters.map(|one| resolved(one)["name"].as_str().expect("a name"));
            let statuses = members(&operation["responses"]).map(|(status, _)| status.as_str());
            for shown in names.chain(statuses) {
                assert!(
                    section.contains(&format!("\n{shown}")),
                    "{shown} of {route}"
                );
            }
            count += 1;
        }
    }
    assert_eq!(page.matches("<li>").count(), count, "the list of all");
    for (name, schema) in members(&DOCUMENT["components"]["schemas"]) {
        let section = section(&page, &format!("<h3 id=\"/schemas/{name}\">"));
        for (member, _) in members(&schema["properties"]) {
            let member = format!("<dt><code>{member}</code>");
            assert!(section.contains(&member), "{member} of {name}");
        }
    }
    for (name, response) in members(&DOCUMENT["components"]["responses"]) {
        let section = words(section(&page, &format!("<h3 id=\"/responses/{name}\">")));
        let schema = &response["content"]["application/problem+json"]["schema"];
        let codes = schema["allOf"][1]["properties"]["code"]["enum"].as_array();
        for code in codes.expect("codes") {
            let code = code.as_str().expect("text");
            assert!(section.contains(code), "{code} of {name}");
        }
    }
}

#[tokio::test]
async fn every_meaning_is_on_the_page() {
    fn meanings(part: &'static Value, found: &mut Vec<&'static str>) {
        for (name, part) in members(part) {
            let is_meaning = ["description", "summary"].contains(&name.as_str());
            match part {
                Value::String(text) if is_meaning => found.push(text),
                _ if ["example", "examples", "servers"].contains(&name.as_str()) => {}
                _ => meanings(part, found),
            }
        }
        for part in part.as_array().into_iter().flatten() {
            meanings(part, found);
        }
    }
    let (page, _) = shown().await;
    let page = words(&page);
    let mut found = Vec::new();
    meanings(&DOCUMENT, &mut found);
    assert!(found.len() > 40, "{found:?}");
    for paragraph in found.iter().flat_map(|text| text.split("\n\n")) {
        // In code, which stands between backticks, nothing is escaped.
        let pieces = paragraph.split('`').enumerate();
        let pieces = pieces.map(|(at, text)| match at % 2 {
            0 => text.replace('\\', "").replace("&lt;", "<"),
            _ => text.to_owned(),
        });
        let read: String = pieces.collect();
        assert!(page.contains(&read), "{read}");
    }
}

#[tokio::test]
async fn a_browser_loads_nothing_for_it() {
    let (page, policy) = shown().await;
    let (_, style) = page.split_once("<style>").expect("a style");
    let (style, _) = style.split_once("</style>").expect("its end");
    let hash = STANDARD.encode(Sha256::digest(style));
    let expected = format!("default-src 'none'; style-src 'sha256-{hash}'; img-src data:;");
    assert!(policy.starts_with(&expected), "{policy}");
    for word in ["<script", " src=", " style=", "@import", "url("] {
        assert!(!page.contains(word), "{word}");
    }
    let page = unescaped(page);
    let targets = page.split(" href=\"").skip(1);
    for target in targets.filter_map(|rest| rest.split('"').next()) {
        match target.strip_prefix('#') {
            Some(id) => assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}"),
            None => assert!(["openapi.json", "data:,"].contains(&target), "{target}"),
        }
    }
}

#[test]
fn whatever_a_text_says_it_is_text() {
    let evil = "<script>alert(1)</script>\"'&`<b>`\\`\n\n</dl>";
    let schema = json!({
        "type": "string", "pattern": evil, "enum": [evil], "description": evil,
        "examples": [evil], "default": evil,
    });
    let operation = json!({
        "operationId": evil, "tags": [evil], "summary": evil, "description": evil,
        "parameters": [{"name": evil, "in": evil, "schema": schema, "description": evil}],
        "requestBody": {"content": {evil: {"schema": schema, "example": {evil: evil}}}},
        "responses": {evil: {"description": evil, "headers": {evil: {"schema": schema}}}},
    });
    let document = json!({
        "info": {"title": evil, "version": evil, "description": evil},
        "tags": [{"name": evil, "description": evil}],
        "paths": {evil: {evil: operation}},
        "components": {"schemas": {evil: {"description": evil, "properties": {evil: schema}}}},
    });
    let page = docs::page(&document.to_string()).expect("a page");
    assert!(
        page.matches("&lt;script&gt;alert(1)").count() > 20,
        "{page}"
    );
    assert!(!page.contains("<script") && !page.contains("\"'"), "{page}");
    for (begin, end) in [("<dl>", "</dl>"), ("<code>", "</code>"), ("<p>", "</p>")] {
        assert_eq!(page.matches(begin).count(), page.matches(end).count());
    }
}

//! `/docs`: what `openapi.json` says, for people to read, and nothing that it does not say.
//!
//! How the page looks stands in `docs.html`, a template in the language of Jinja. It has no script
//! and loads nothing, and its policy holds browsers to that.

use std::error::Error;
use std::fmt::Write as _;
use std::sync::LazyLock;

use axum::{
    Router,
    http::{HeaderName, header},
    routing::get,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use minijinja::{Environment, HtmlEscape, UndefinedBehavior, Value, context};
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::openapi::DOCUMENT;
use crate::problem::{Problem, Result};

const TEMPLATE: &str = include_str!("docs.html");

type Rendered = Result<String, Box<dyn Error + Send + Sync>>;

/// Rendered when somebody asks for it the first time.
static PAGE: LazyLock<Rendered> = LazyLock::new(|| page(DOCUMENT));

static POLICY: LazyLock<String> = LazyLock::new(|| {
    let style = TEMPLATE.split_once("<style>").unwrap_or_default().1;
    let style = style.split_once("</style>").unwrap_or_default().0;
    // Browsers know one kind of line end, and editors two.
    let hash = STANDARD.encode(Sha256::digest(style.replace('\r', "")));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
    )
});

pub fn routes() -> Router<App> {
    Router::new().route("/docs", get(docs))
}

async fn docs() -> Result<([(HeaderName, &'static str); 2], &'static str)> {
    let page = PAGE.as_ref();
    let page = page.map_err(|error| Problem::internal(&**error))?;
    let media_type = (header::CONTENT_TYPE, "text/html; charset=utf-8");
    let policy = (header::CONTENT_SECURITY_POLICY, POLICY.as_str());
    Ok(([media_type, policy], page))
}

/// The page of a document. Whatever the document says is text in it.
pub fn page(document: &str) -> Rendered {
    let document: Value = serde_json::from_str(document)?;
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    environment.add_filter("prose", prose);
    let whole = document.clone();
    let resolved = move |part: Value| resolved(&whole, part);
    environment.add_filter("resolved", resolved);
    let context = context!(document);
    Ok(environment.render_named_str("docs.html", TEMPLATE, context)?)
}

/// What it stands for, where it is a reference into the document.
fn resolved(document: &Value, part: Value) -> Result<Value, minijinja::Error> {
    let reference = part.get_item(&Value::from("$ref")).unwrap_or_default();
    let path = reference.as_str().and_then(|text| text.strip_prefix("#/"));
    let Some(path) = path else {
        return Ok(part);
    };
    let mut names = path.split('/');
    names.try_fold(document.clone(), |place, name| place.get_attr(name))
}

/// Paragraphs of Markdown, of which only code is marked up.
fn prose(markdown: Option<&str>) -> Value {
    let mut html = String::new();
    let paragraphs = markdown.unwrap_or_default().split("\n\n");
    for paragraph in paragraphs.filter(|text| !text.is_empty()) {
        let paragraph = paragraph.replace("&lt;", "\\<");
        let mut rest = paragraph.chars();
        let mut is_code = false;
        html += "<p>";
        while let Some(char) = rest.next() {
            let escapes = char == '\\' && !is_code;
            let char = match rest.as_str().chars().next() {
                Some(escaped) if escapes && escaped.is_ascii_punctuation() => {
                    rest.next();
                    escaped
                }
                _ if char == '`' => {
                    is_code = !is_code;
                    html += if is_code { "<code>" } else { "</code>" };
                    continue;
                }
                _ => char,
            };
            _ = write!(html, "{}", HtmlEscape(char.encode_utf8(&mut [0; 4])));
        }
        html += if is_code { "</code></p>\n" } else { "</p>\n" };
    }
    Value::from_safe_string(html)
}

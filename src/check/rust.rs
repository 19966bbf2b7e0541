//! What a Rust file says, read by tokens: what stands in comments and texts is no code, and what only tests compile is not the service.

use std::collections::BTreeMap;
use std::ops::Range;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::evidence::Topic;

/// What a file says.
#[derive(Debug, Clone, Default)]
pub(super) struct Source {
    /// The operations that it routes.
    pub(super) routes: Vec<Route>,
    /// The first use of each HTTP client.
    pub(super) clients: BTreeMap<String, Range<usize>>,
    /// Settings with their defaults, as `vars.read("APP_LISTEN", "127.0.0.1:8080", …)` gives them.
    pub(super) settings: BTreeMap<String, Literal>,
    /// Constants with a literal.
    pub(super) constants: BTreeMap<String, Literal>,
    /// The types that it defines.
    pub(super) types: Vec<String>,
}

/// An operation on a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    /// `GET`; `*` where any method is routed.
    pub(super) method: String,
    /// `/orders/{id}`.
    pub(super) path: String,
    /// The call of `route`.
    pub(super) span: Range<usize>,
}

/// A literal without its quotes, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Literal {
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

/// What adds a path to a router.
const ROUTING: &[&str] = &["route", "route_service", "nest", "nest_service"];
/// What handles one method. `any` handles all.
const METHODS: &[&str] = &[
    "connect", "delete", "get", "head", "options", "patch", "post", "put", "trace",
];

/// Reads a file. `None` where brackets or quotes do not close.
pub(super) fn read(text: &str) -> Option<Source> {
    let stream: TokenStream = text.parse().ok()?;
    let mut source = Source::default();
    let mut calls = Vec::new();
    walk(stream, &mut source, &mut calls);
    for call in calls {
        source.routes.extend(routes(&call, &source.constants));
    }
    Some(source)
}

fn walk(stream: TokenStream, source: &mut Source, calls: &mut Vec<Call>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        if is_for_tests(rest) {
            at += length_of_item(rest);
            continue;
        }
        let before = &tokens[..at];
        call(rest, source, calls);
        definition(rest, source);
        client(before, rest, source);
        if let TokenTree::Group(group) = &tokens[at] {
            walk(group.stream(), source, calls);
        }
        at += 1;
    }
}

/// `#[cfg(test)]`.
fn is_for_tests(tokens: &[TokenTree]) -> bool {
    let [TokenTree::Punct(sign), TokenTree::Group(attribute), ..] = tokens else {
        return false;
    };
    let is_attribute = sign.as_char() == '#' && attribute.delimiter() == Delimiter::Bracket;
    is_attribute && attribute.stream().to_string().replace(' ', "") == "cfg(test)"
}

/// To the end of the item that begins here: its body, or a semicolon.
fn length_of_item(tokens: &[TokenTree]) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(sign) => sign.as_char() == ';',
        _ => false,
    };
    tokens
        .iter()
        .position(ends)
        .map_or(tokens.len(), |end| end + 1)
}

/// A call that adds a path to a router; the path may be a constant that is defined further down.
struct Call {
    path: Vec<TokenTree>,
    handlers: Vec<TokenTree>,
    span: Range<usize>,
}

/// `.route("/path", get(…))` and `.read("APP_NAME", "default", …)`.
fn call(tokens: &[TokenTree], source: &mut Source, calls: &mut Vec<Call>) {
    let [
        TokenTree::Punct(dot),
        TokenTree::Ident(name),
        TokenTree::Group(group),
        ..,
    ] = tokens
    else {
        return;
    };
    if dot.as_char() != '.' || group.delimiter() != Delimiter::Parenthesis {
        return;
    }
    let mut arguments = arguments(group).into_iter();
    let (first, second) = (
        arguments.next().unwrap_or_default(),
        arguments.next().unwrap_or_default(),
    );
    if ROUTING.iter().any(|routing| name == routing) {
        calls.push(Call {
            path: first,
            handlers: second,
            span: name.span().byte_range().start..group.span().byte_range().end,
        });
    } else if name == "read"
        && let (Some(setting), Some(default)) = (literal(&first), literal(&second))
    {
        source.settings.entry(setting.text).or_insert(default);
    }
}

fn arguments(group: &Group) -> Vec<Vec<TokenTree>> {
    let mut arguments = vec![Vec::new()];
    for token in group.stream() {
        match (&token, arguments.last_mut()) {
            (TokenTree::Punct(sign), _) if sign.as_char() == ',' => arguments.push(Vec::new()),
            (_, Some(argument)) => argument.push(token),
            (_, None) => {}
        }
    }
    arguments
}

/// The one literal that the tokens are.
fn literal(tokens: &[TokenTree]) -> Option<Literal> {
    let [TokenTree::Literal(literal)] = tokens else {
        return None;
    };
    let text = literal.to_string();
    Some(Literal {
        text: text.trim_matches('"').to_owned(),
        span: literal.span().byte_range(),
    })
}

fn routes(call: &Call, constants: &BTreeMap<String, Literal>) -> Vec<Route> {
    let path = literal(&call.path).or_else(|| match call.path.last()? {
        TokenTree::Ident(name) => constants.get(&name.to_string()).cloned(),
        _ => None,
    });
    let Some(path) = path.filter(|path| path.text.starts_with('/')) else {
        return Vec::new();
    };
    let mut methods: Vec<String> = call
        .handlers
        .windows(2)
        .filter_map(|pair| match pair {
            [TokenTree::Ident(name), TokenTree::Group(group)]
                if group.delimiter() == Delimiter::Parenthesis =>
            {
                Some(name.to_string())
            }
            _ => None,
        })
        .filter(|name| METHODS.contains(&name.as_str()))
        .map(|name| name.to_uppercase())
        .collect();
    if methods.is_empty() {
        methods.push("*".to_owned());
    }
    let route = |method| Route {
        method,
        path: path.text.clone(),
        span: call.span.clone(),
    };
    methods.into_iter().map(route).collect()
}

/// `const NAME: … = literal;` and `struct Name`.
fn definition(tokens: &[TokenTree], source: &mut Source) {
    let [TokenTree::Ident(keyword), TokenTree::Ident(name), rest @ ..] = tokens else {
        return;
    };
    match keyword.to_string().as_str() {
        "struct" | "enum" | "type" => source.types.push(name.to_string()),
        "const" | "static" => {
            let end = length_of_item(rest).saturating_sub(1);
            if let [.., TokenTree::Punct(equals), value @ TokenTree::Literal(_)] = &rest[..end]
                && equals.as_char() == '='
                && let Some(literal) = literal(std::slice::from_ref(value))
            {
                source.constants.insert(name.to_string(), literal);
            }
        }
        _ => {}
    }
}

/// The head of a path into a crate that calls others: `reqwest::Client`, `use hyper_util::{client, rt}`.
fn client(before: &[TokenTree], tokens: &[TokenTree], source: &mut Source) {
    let [TokenTree::Ident(head), rest @ ..] = tokens else {
        return;
    };
    let is_sign = |token: &TokenTree, signs: &[char]| match token {
        TokenTree::Punct(sign) => signs.contains(&sign.as_char()),
        _ => false,
    };
    if before.last().is_some_and(|last| is_sign(last, &[':', '.'])) {
        return;
    }
    let name = head.to_string();
    let is_path = rest.len() > 2 && rest[..2].iter().all(|token| is_sign(token, &[':']));
    let is_import = matches!(before.last(), Some(TokenTree::Ident(word)) if word == "use");
    let is_client = match name.as_str() {
        "hyper" | "hyper_util" => is_path && names(&rest[2], "client"),
        _ => is_client_crate(&name) && (is_path || is_import),
    };
    if is_client {
        let span = head.span().byte_range();
        source.clients.entry(name).or_insert(span);
    }
}

/// Whether a token is the name, or a list of imports that has it.
fn names(token: &TokenTree, name: &str) -> bool {
    match token {
        TokenTree::Ident(word) => word == name,
        TokenTree::Group(group) => group
            .stream()
            .into_iter()
            .any(|token| matches!(token, TokenTree::Ident(word) if word == name)),
        _ => false,
    }
}

fn is_client_crate(name: &str) -> bool {
    let topic = Topic::find("http-client");
    let mut packages = topic.into_iter().flat_map(Topic::packages);
    packages.any(|package| package.replace('-', "_") == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let source = read(text).expect("tokens");
        let routes = source
            .routes
            .iter()
            .map(|route| format!("{} {}", route.method, route.path));
        let clients = source.clients.keys().cloned();
        let settings = source
            .settings
            .iter()
            .map(|(name, default)| format!("{name}={}", default.text));
        let found: Vec<_> = routes.chain(clients).chain(settings).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn routes_are_read_with_their_methods() {
        check(
            "fn r() -> Router { Router::new().route(\"/a\", get(list).post(routing::put)).route(Self::ONE, routing::delete(x)) }\n\
             const ONE: &str = \"/a/{id}\";",
            &["GET /a", "POST /a", "DELETE /a/{id}"],
        );
        check("x.nest(\"/v2\", api::routes())", &["* /v2"]);
        check("x.route(\"/a\", any(f)).route(path, get(f))", &["* /a"]);
    }

    #[test]
    fn comments_texts_and_tests_are_no_code() {
        check(
            "// x.route(\"/a\", get(f)) reqwest::get\n/* reqwest::get */\nconst T: &str = r#\"x.route(\"/a\", get(f)) ureq::get\"#;",
            &[],
        );
        check("/// reqwest::get\nfn f() {}", &[]);
        check(
            "#[cfg(test)]\nmod tests { use reqwest::get; fn f() { x.route(\"/a\", get(f)); } }\nfn f() { x.route(\"/b\", get(f)); }",
            &["GET /b"],
        );
    }

    #[test]
    fn clients_are_heads_of_paths() {
        check("use reqwest::Client;", &["reqwest"]);
        check("use reqwest;", &["reqwest"]);
        check("fn f() { let reqwest = own::reqwest::x(); }", &[]);
        check("use hyper_util::{client::legacy, rt};", &["hyper_util"]);
        check("use hyper_util::rt::TokioIo; use hyper::body;", &[]);
    }

    #[test]
    fn settings_have_defaults() {
        check(
            "vars.read(\"APP_A\", \"5s\", duration); vars.read(name, \"x\", y)",
            &["APP_A=5s"],
        );
        let source =
            read("impl Limit { const MAX: u32 = 100; } struct Order<T>(T);").expect("tokens");
        assert_eq!(source.constants["MAX"].text, "100");
        assert_eq!(source.types, ["Order"]);
        assert!(read("fn f() {").is_none());
    }
}

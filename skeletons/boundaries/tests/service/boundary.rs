<% if has_boundary_test %>
//! What this service was told to leave to others (docs/adr/<{ record_of["responsibility"] }>).

use std::fs;
use std::path::{Path, PathBuf};

<% if entities %>
use crate::support::Service;

<% endif %>
/// Words that name what is not ours.
///
<% for boundary in boundaries if boundary.words %>
<% set whose %><% if boundary.whose %> (<{ boundary.whose|md }>)<% endif %><% endset %>
/// - <{ boundary.what|md }><{ whose }>
<% endfor %>
const NOT_OURS: &str = "
<% for boundary in boundaries %>
<% for word in boundary.words %>
    <{ word }>
<% endfor %>
<% endfor %>
";

/// A name takes it over when it has one of the words, or its plural, among its own.
fn assert_ours(kind: &str, name: &str) {
    let words = |text: &str| format!("_{}_", text.replace(|c: char| !c.is_alphanumeric(), "_"));
    let name = words(&name.to_lowercase());
    for other in NOT_OURS.split_whitespace() {
        let taken = [other.to_owned(), format!("{other}s"), format!("{other}es")];
        let taken = taken.iter().any(|word| name.contains(&words(word)));
        assert!(!taken, "{kind} {name}: {other} is not ours");
    }
}
<% if entities %>

#[tokio::test]
async fn no_table_takes_it_over() {
    let service = Service::start().await;
    let mut db = service.app.database.read().await.expect("a connection");
<% if postgresql %>
    let tables = "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace";
<% else %>
    let tables = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')";
<% endif %>
    let tables = sqlx::query_scalar(tables).fetch_all(&mut *db).await;
    let tables: Vec<String> = tables.expect("tables");
    assert!(!tables.is_empty());
    for table in tables {
        assert_ours("table", &table);
    }
}
<% endif %>

#[test]
fn no_module_or_route_takes_it_over() {
    let modules = modules(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(!modules.is_empty());
    for module in modules {
        let name = module.file_stem().expect("a name").to_string_lossy();
        assert_ours("module", &name);
        let source = fs::read_to_string(&module).expect("text");
        // Whatever starts like a path may be a route.
        for text in source.split('"').filter(|text| text.starts_with('/')) {
            let route = text.lines().next().unwrap_or_default();
            assert_ours("route", route);
        }
    }
}

fn modules(folder: &Path) -> Vec<PathBuf> {
    let mut modules = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
<% if dependencies %>
        // Whom we call is named after what is theirs.
        if path.ends_with("src/dependencies") {
            continue;
        }
<% endif %>
        if path.is_dir() {
            modules.extend(self::modules(&path));
        } else {
            modules.push(path);
        }
    }
    modules
}
<% endif %>

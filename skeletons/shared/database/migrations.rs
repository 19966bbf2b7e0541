/// In the order in which they run; what is in here was run somewhere, so it never changes.
<% if migrations|length == 1 %>
<% set migration = migrations[0] %>
const MIGRATIONS: &[(i64, &str, &str)] = &[(⟦<{ migration.number }>, "<{ migration.label }>", include_str!(⟦"../migrations/<{ migration.file }>"⟧)⟧)];
<% else %>
const MIGRATIONS: &[(i64, &str, &str)] = &[
<% for migration in migrations %>
    (⟦<{ migration.number }>, "<{ migration.label }>", include_str!(⟦"../migrations/<{ migration.file }>"⟧)⟧),
<% endfor %>
];
<% endif %>

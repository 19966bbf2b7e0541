<% macro column(field) -%>
<% if field.kind == "uuid" or (field.target and not field.target.text_id) %>nullif(hex(<{ field.column }>), '')<% elif field.kind == "bytes" %>CASE WHEN <{ field.column }> NOT NULL THEN '\x' || hex(<{ field.column }>) END<% else %><{ field.column }><% endif %>
<%- endmacro %>
-- For sqlite3: writes what each table has into a file of this folder. README.md says when.

.mode csv
.headers off
<% for entity in entities %>
.once <{ entity.plural }>.csv
SELECT hex(id), <% for field in entity.fields %><{ column(field) }>, <% endfor %><% if entity.versioned %>version, <% endif %>created_at, updated_at<% if entity.soft %>, deleted_at<% endif %> FROM <{ entity.table }>;
<% endfor %>
<% for join in joins %>
.once <{ join.module }>.csv
SELECT hex(<{ join.left.column }>), hex(<{ join.right.column }>) FROM <{ join.table }>;
<% endfor %>
<% if keys.creates %>
.once idempotency.csv
SELECT operation, key, '\x' || hex(request), created_at, status, location, etag, '\x' || hex(body) FROM idempotency;
<% endif %>
<% if outbox %>
.once outbox.csv
SELECT hex(id), channel, ordering_key, subject, body, request_id, trace_parent, created_at, due_at, attempts, reason, died_at FROM outbox ORDER BY position;
<% endif %>

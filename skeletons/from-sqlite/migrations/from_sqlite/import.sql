-- For psql: reads what `export.sql` wrote, all of it or nothing. README.md says when.

\set ON_ERROR_STOP on
BEGIN;
-- References are true already, so the order of the tables does not matter.
SET LOCAL session_replication_role = replica;
<% for entity in entities %>
\copy <{ entity.table }> (id, <% for field in entity.fields %><{ field.column }>, <% endfor %><% if entity.versioned %>version, <% endif %>created_at, updated_at<% if entity.soft %>, deleted_at<% endif %>) FROM '<{ entity.plural }>.csv' WITH (FORMAT csv)
<% endfor %>
<% for join in joins %>
\copy <{ join.table }> (<{ join.left.column }>, <{ join.right.column }>) FROM '<{ join.module }>.csv' WITH (FORMAT csv)
<% endfor %>
<% if keys.creates %>
\copy idempotency (operation, key, request, created_at, status, location, etag, body) FROM 'idempotency.csv' WITH (FORMAT csv)
<% endif %>
<% if outbox %>
-- In the order of the lines, each gets the next position.
\copy outbox (id, channel, ordering_key, subject, body, request_id, trace_parent, created_at, due_at, attempts, reason, died_at) FROM 'outbox.csv' WITH (FORMAT csv)
<% endif %>
COMMIT;

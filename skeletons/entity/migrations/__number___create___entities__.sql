-- <{ entity.labels|upfirst }>.<% if entity.about %> <{ entity.about|comment("", "-- ") }><% endif %>

CREATE TABLE <{ entity.table }> (
    id <{ sql.uuid }> PRIMARY KEY NOT NULL,
<% for field in entity.fields %>
<% if field.currency %>
    -- In minor units of <{ field.currency }>.
<% endif %>
<% if field.target and field.target.foreign %>
    -- Another service owns it, so there is no table here to refer to.
<% endif %>
<% if field.meaning %>
    <{ field.meaning|comment("-- Empty: ", "    -- ") }>
<% endif %>
    <{ field.column }> <{ field.sql_type }><% if not field.optional %> NOT NULL<% endif %><% if field.sql_check %> CHECK (<{ field.sql_check }>)<% endif %><% if field.target and not field.target.foreign %> REFERENCES <{ field.target.table }> (id)<% if field.target.on_delete == "cascade" %> ON DELETE CASCADE<% elif field.target.on_delete == "clear" %> ON DELETE SET NULL<% endif %><% endif %>,
<% endfor %>
<% if entity.versioned %>
    version <{ sql.integer }> NOT NULL,
<% endif %>
    created_at <{ sql.instant }> NOT NULL,
    updated_at <{ sql.instant }> NOT NULL<% if entity.soft %>,
    -- Empty: it was not deleted.
    deleted_at <{ sql.instant }><% endif %>

)<{ sql.table_options }>;
<% set alive = " WHERE deleted_at IS NULL" if entity.soft else "" %>
<% for unique in entity.uniques %>
<% if loop.first %>

<% if entity.soft %>
-- What was deleted does not stand in the way of what is new.
<% endif %>
<% endif %>
CREATE UNIQUE INDEX <{ unique.index }> ON <{ entity.table }> (<{ unique.columns|join(", ") }>)<{ alive }>;
<% endfor %>
<% for field in entity.fields if (field.target or field.filter) and not field.unique %>
<% if loop.first and not entity.uniques %>

<% endif %>
CREATE INDEX <{ entity.plural }>_<{ field.name }> ON <{ entity.table }> (<{ field.column }>, id);
<% endfor %>

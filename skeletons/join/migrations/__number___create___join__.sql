-- Which <{ join.left.labels }> have which <{ join.label }>.
CREATE TABLE <{ join.table }> (
    <{ join.left.column }> <{ sql.uuid }> NOT NULL REFERENCES <{ join.left.table }> (id) ON DELETE CASCADE,
    <{ join.right.column }> <{ sql.uuid }> NOT NULL REFERENCES <{ join.right.table }> (id) ON DELETE CASCADE,
    PRIMARY KEY (<{ join.left.column }>, <{ join.right.column }>)
)<{ sql.link_options }>;

CREATE INDEX <{ join.module }>_<{ join.right.column }> ON <{ join.table }> (<{ join.right.column }>);

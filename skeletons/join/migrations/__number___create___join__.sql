-- Which <{ join.left.labels }> have which <{ join.label }>.
CREATE TABLE <{ join.table }> (
    <{ join.left.column }> BLOB NOT NULL REFERENCES <{ join.left.table }> (id) ON DELETE CASCADE,
    <{ join.right.column }> BLOB NOT NULL REFERENCES <{ join.right.table }> (id) ON DELETE CASCADE,
    PRIMARY KEY (<{ join.left.column }>, <{ join.right.column }>)
) STRICT, WITHOUT ROWID;

CREATE INDEX <{ join.module }>_<{ join.right.column }> ON <{ join.table }> (<{ join.right.column }>);

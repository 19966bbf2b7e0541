-- Which orders have which tags.
CREATE TABLE order_tags (
    order_id BLOB NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    tag_id BLOB NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    PRIMARY KEY (order_id, tag_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX order_tags_tag_id ON order_tags (tag_id);

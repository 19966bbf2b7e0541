-- Order lines. How many of a product an order has, at the price of that day.
CREATE TABLE order_lines (
    id BLOB PRIMARY KEY NOT NULL,
    order_id BLOB NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    product_id BLOB NOT NULL REFERENCES products (id),
    quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 999),
    -- In minor units of EUR.
    unit_price INTEGER NOT NULL CHECK (unit_price >= 0),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX order_lines_by_order_id_and_product_id ON order_lines (order_id, product_id);
CREATE INDEX order_lines_order_id ON order_lines (order_id, id);
CREATE INDEX order_lines_product_id ON order_lines (product_id, id);

-- Products. What can be ordered, as it was when it was last changed.
CREATE TABLE products (
    id BLOB PRIMARY KEY NOT NULL,
    sku TEXT NOT NULL CHECK (length(sku) BETWEEN 3 AND 40),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    -- Empty: the name says it all
    description TEXT CHECK (length(description) BETWEEN 1 AND 5000),
    -- In minor units of EUR.
    price INTEGER NOT NULL CHECK (price >= 0),
    -- Empty: nothing is shipped, for example for a voucher
    weight INTEGER CHECK (weight BETWEEN 1 AND 99999999),
    available INTEGER NOT NULL CHECK (available IN (0, 1)),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    -- Empty: it was not deleted.
    deleted_at TEXT
) STRICT;

-- What was deleted does not stand in the way of what is new.
CREATE UNIQUE INDEX products_by_sku ON products (sku) WHERE deleted_at IS NULL;

-- Orders. What a customer asked us to deliver.
CREATE TABLE orders (
    id BLOB PRIMARY KEY NOT NULL,
    number TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 32),
    status TEXT NOT NULL CHECK (status IN ('draft', 'placed', 'paid', 'shipped', 'delivered', 'cancelled')),
    -- Empty: the order is still a draft
    placed_at TEXT,
    -- Empty: as soon as possible
    wanted_on TEXT,
    -- In minor units of EUR.
    total INTEGER NOT NULL CHECK (total >= 0),
    -- Empty: the customer left no note
    note TEXT CHECK (length(note) BETWEEN 1 AND 2000),
    customer_id BLOB NOT NULL REFERENCES customers (id),
    -- Empty: whoever ordered pays
    bill_to_id BLOB REFERENCES customers (id),
    -- Empty: nobody has taken it on yet
    handled_by_id BLOB REFERENCES employees (id) ON DELETE SET NULL,
    -- Another service owns it, so there is no table here to refer to.
    -- Empty: the warehouse service has not chosen one yet
    ships_from_id TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    -- Empty: it was not deleted.
    deleted_at TEXT
) STRICT;

-- What was deleted does not stand in the way of what is new.
CREATE UNIQUE INDEX orders_by_number ON orders (number) WHERE deleted_at IS NULL;
CREATE INDEX orders_status ON orders (status, id);
CREATE INDEX orders_customer_id ON orders (customer_id, id);
CREATE INDEX orders_bill_to_id ON orders (bill_to_id, id);
CREATE INDEX orders_handled_by_id ON orders (handled_by_id, id);
CREATE INDEX orders_ships_from_id ON orders (ships_from_id, id);

-- Customers. Somebody who ordered at least once; not everybody with an account.
CREATE TABLE customers (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    email TEXT NOT NULL,
    -- Empty: the customer did not want to be called
    phone TEXT CHECK (length(phone) BETWEEN 1 AND 40),
    newsletter INTEGER NOT NULL CHECK (newsletter IN (0, 1)),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    -- Empty: it was not deleted.
    deleted_at TEXT
) STRICT;

-- What was deleted does not stand in the way of what is new.
CREATE UNIQUE INDEX customers_by_email ON customers (email) WHERE deleted_at IS NULL;

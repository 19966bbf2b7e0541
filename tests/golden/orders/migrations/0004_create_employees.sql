-- Employees. Somebody of the back office who handles orders.
CREATE TABLE employees (
    id BLOB PRIMARY KEY NOT NULL,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    email TEXT NOT NULL,
    -- Empty: nobody is above them
    manager_id BLOB REFERENCES employees (id),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    -- Empty: it was not deleted.
    deleted_at TEXT
) STRICT;

-- What was deleted does not stand in the way of what is new.
CREATE UNIQUE INDEX employees_by_email ON employees (email) WHERE deleted_at IS NULL;
CREATE INDEX employees_manager_id ON employees (manager_id, id);

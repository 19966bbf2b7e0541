-- Requests that may be sent again, by the keys of their callers, and what they were answered.

CREATE TABLE idempotency (
    -- The method and the route: a key of one is no key of another.
    operation TEXT NOT NULL,
    key TEXT NOT NULL,
    -- What tells the request from others: a hash of its path and its body.
    request BLOB NOT NULL,
    created_at TEXT NOT NULL,
    -- Empty only inside the transaction that works on the request.
    status INTEGER,
    location TEXT,
    etag TEXT,
    body BLOB,
    PRIMARY KEY (operation, key)
) STRICT;

CREATE INDEX idempotency_created_at ON idempotency (created_at);

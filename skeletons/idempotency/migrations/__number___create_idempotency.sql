-- Requests that may be sent again, by the keys of their callers, and what they were answered.

CREATE TABLE idempotency (
    -- The method and the route: a key of one is no key of another.
    operation TEXT NOT NULL,
    key TEXT NOT NULL,
    -- What tells the request from others: a hash of its path and its body.
    request <{ sql.bytes }> NOT NULL,
    created_at <{ sql.instant }> NOT NULL,
    -- Empty only inside the transaction that works on the request.
    status <{ sql.small_integer }>,
    location TEXT,
    etag TEXT,
    body <{ sql.bytes }>,
    PRIMARY KEY (operation, key)
)<{ sql.table_options }>;

CREATE INDEX idempotency_created_at ON idempotency (created_at);

-- Messages that have not left yet, each written in the transaction of the change that it tells of.

CREATE TABLE outbox (
    -- In the order in which they were written.
    position <{ sql.counter }>,
    -- Goes along with every attempt, so that the other side knows a repetition.
    id <{ sql.uuid }> NOT NULL UNIQUE,
    -- Where it goes.
    channel TEXT NOT NULL,
    -- What has the same one arrives one after another. Empty: it has no place among others.
    ordering_key TEXT,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    -- The request that it was written in.
    request_id TEXT,
    trace_parent TEXT,
    created_at <{ sql.instant }> NOT NULL,
    -- Nobody takes it before: it waits for its next attempt, or one is under way.
    due_at <{ sql.instant }> NOT NULL,
    -- How often it was taken.
    attempts <{ sql.small_integer }> NOT NULL,
    -- Why the last attempt failed.
    reason TEXT,
    -- Empty: it is still tried.
    died_at <{ sql.instant }>
)<{ sql.table_options }>;

CREATE INDEX outbox_waiting ON outbox (channel, position) WHERE died_at IS NULL;
CREATE INDEX outbox_order ON outbox (channel, ordering_key, position) WHERE died_at IS NULL;

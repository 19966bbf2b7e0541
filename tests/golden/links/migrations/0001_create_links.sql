-- Links. A short name for an address.
CREATE TABLE links (
    id BLOB PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL CHECK (length(slug) BETWEEN 3 AND 40),
    target TEXT NOT NULL,
    -- Empty: the address speaks for itself
    title TEXT CHECK (length(title) BETWEEN 1 AND 200),
    -- Empty: the link stays until somebody deletes it
    expires_on TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX links_by_slug ON links (slug);

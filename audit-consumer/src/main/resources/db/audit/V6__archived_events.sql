-- Which events are in files instead: always the oldest. Their hashes stay in audit.tile.
CREATE TABLE audit.archived_events (
    first       bigint      NOT NULL CHECK (first >= 0),
    last        bigint      NOT NULL CHECK (last >= first),
    file        text        NOT NULL,
    sha256      text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    archived_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT archived_events_pk PRIMARY KEY (first)
);

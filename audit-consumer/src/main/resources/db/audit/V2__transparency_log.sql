-- From here on an event is a leaf of a tree: kept as it was hashed, beside what it is searched by.
-- What was recorded before stays where it is, under another name, until V3 has made leaves of it.
ALTER TABLE audit.audit_event RENAME TO event_before_log;
ALTER TABLE audit.event_before_log RENAME CONSTRAINT audit_event_pk TO event_before_log_pk;
ALTER TABLE audit.event_before_log RENAME CONSTRAINT audit_event_once TO event_before_log_once;
DROP INDEX audit.audit_event_type;
DROP INDEX audit.audit_event_outcome;
DROP INDEX audit.audit_event_tenant;
DROP INDEX audit.audit_event_app;
DROP INDEX audit.audit_event_user;
DROP INDEX audit.audit_event_subject;
DROP INDEX audit.audit_event_link;
DROP INDEX audit.audit_event_session;
DROP INDEX audit.audit_event_ip;
DROP INDEX audit.audit_event_time;

-- One row an event, numbered from 0 without gaps in the order of recording; its number is the index
-- of its leaf. The partitions are made by whoever appends.
CREATE TABLE audit.audit_event (
    sequence   bigint      NOT NULL CHECK (sequence >= 0),
    time       timestamptz NOT NULL,
    type       text        NOT NULL,
    outcome    text        CHECK (outcome IN ('success', 'refused', 'failure')),
    tenant     text,
    app_id     uuid,
    user_id    uuid,
    subject    text,
    link_id    uuid,
    session_id uuid,
    ip         inet,
    leaf       bytea       NOT NULL CHECK (length(leaf) <= 65535),
    CONSTRAINT audit_event_pk PRIMARY KEY (sequence)
) PARTITION BY RANGE (sequence);

-- One index for each filter, in the order of pages: a page reads its rows and no others.
CREATE INDEX audit_event_type ON audit.audit_event (type, sequence);
CREATE INDEX audit_event_outcome ON audit.audit_event (outcome, sequence) WHERE outcome IS NOT NULL;
CREATE INDEX audit_event_tenant ON audit.audit_event (tenant, sequence) WHERE tenant IS NOT NULL;
CREATE INDEX audit_event_app ON audit.audit_event (app_id, sequence) WHERE app_id IS NOT NULL;
CREATE INDEX audit_event_user ON audit.audit_event (user_id, sequence) WHERE user_id IS NOT NULL;
CREATE INDEX audit_event_subject ON audit.audit_event (subject, sequence) WHERE subject IS NOT NULL;
CREATE INDEX audit_event_link ON audit.audit_event (link_id, sequence) WHERE link_id IS NOT NULL;
CREATE INDEX audit_event_session ON audit.audit_event (session_id, sequence) WHERE session_id IS NOT NULL;
CREATE INDEX audit_event_ip ON audit.audit_event (ip, sequence) WHERE ip IS NOT NULL;
CREATE INDEX audit_event_time ON audit.audit_event (time);

-- Each event once, whatever is redelivered; and where it is.
CREATE TABLE audit.event_place (
    event_id uuid   NOT NULL,
    sequence bigint NOT NULL,
    CONSTRAINT event_place_pk PRIMARY KEY (event_id)
);

-- The hashes of the tree. A tile of level 0 holds those of 256 leaves; the right edge of each level
-- is a shorter tile that still grows. Hashes do not compress.
CREATE TABLE audit.tile (
    level  smallint NOT NULL CHECK (level BETWEEN 0 AND 7),
    index  bigint   NOT NULL CHECK (index >= 0),
    hashes bytea    STORAGE EXTERNAL NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192),
    CONSTRAINT tile_pk PRIMARY KEY (level, index)
);

-- What was signed, as it was signed; published once Kafka has it.
CREATE TABLE audit.checkpoint (
    size      bigint      NOT NULL CHECK (size >= 0),
    root      bytea       NOT NULL CHECK (length(root) = 32),
    note      text        NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT now(),
    published boolean     NOT NULL DEFAULT false,
    CONSTRAINT checkpoint_pk PRIMARY KEY (size)
);
CREATE INDEX checkpoint_unpublished ON audit.checkpoint (size) WHERE NOT published;

-- The books: what became of each link, whatever order its events come in. A link counts once it is
-- accepted; mailed goes before abandoned, that before revoked, and a replay opens it again.
CREATE TABLE audit.link_account (
    link_id     uuid    NOT NULL,
    tenant      text,
    accepted_at timestamptz,
    suppressed  boolean NOT NULL,
    mailed      boolean NOT NULL,
    abandoned   int     NOT NULL,
    requeued    int     NOT NULL,
    revoked     boolean NOT NULL,
    state       text    NOT NULL GENERATED ALWAYS AS (
        CASE WHEN suppressed THEN 'suppressed'
             WHEN mailed THEN 'mailed'
             WHEN abandoned > requeued THEN 'abandoned'
             WHEN revoked THEN 'revoked'
             ELSE 'in_flight' END) STORED,
    CONSTRAINT link_account_pk PRIMARY KEY (link_id)
);
CREATE INDEX link_account_accepted ON audit.link_account (accepted_at, state, tenant) WHERE accepted_at IS NOT NULL;

-- How far each webhook has been told of the trail.
CREATE TABLE audit.webhook (
    name          text   NOT NULL,
    next_sequence bigint NOT NULL CHECK (next_sequence >= 0),
    CONSTRAINT webhook_pk PRIMARY KEY (name)
);

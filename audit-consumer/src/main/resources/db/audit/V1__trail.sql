-- The trail: one row an event, numbered from 0 without gaps in the order of recording.
CREATE TABLE audit.audit_event (
    sequence     bigint      NOT NULL CHECK (sequence >= 0),
    event_id     uuid        NOT NULL,
    time         timestamptz NOT NULL,
    type         text        NOT NULL,
    outcome      text        CHECK (outcome IN ('success', 'refused', 'failure')),
    reason       text,
    tenant       text,
    app_id       uuid,
    user_id      uuid,
    subject      text,
    email_masked text,
    link_id      uuid,
    session_id   uuid,
    ip           inet,
    user_agent   text,
    request_id   text,
    data         jsonb       NOT NULL,
    CONSTRAINT audit_event_pk PRIMARY KEY (sequence),
    CONSTRAINT audit_event_once UNIQUE (event_id)
);

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

-- Where to read on, by topic id: a topic made again under the same name is another topic.
CREATE TABLE audit.kafka_offset (
    topic_id    uuid   NOT NULL,
    partition   int    NOT NULL,
    topic       text   NOT NULL,
    next_offset bigint NOT NULL CHECK (next_offset >= 0),
    CONSTRAINT kafka_offset_pk PRIMARY KEY (topic_id, partition)
);

-- One row: how many events there are, and the fence. Whoever appends moves the revision on from
-- the one it knows; a rival that knows an older one changes no row and must start over.
CREATE TABLE audit.log_state (
    the_one  boolean NOT NULL DEFAULT true CHECK (the_one),
    size     bigint  NOT NULL CHECK (size >= 0),
    revision bigint  NOT NULL,
    CONSTRAINT log_state_pk PRIMARY KEY (the_one)
);
INSERT INTO audit.log_state (size, revision) VALUES (0, 0);

-- Everything auth-api keeps. No row holds a secret: tokens and codes are derived from the key ring,
-- client secrets are hashed, signing keys are encrypted under the ring.

-- The text form of an id (TypeID), for events that are written by the statement that changes a row.
CREATE FUNCTION auth.typeid(prefix text, id uuid) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN prefix || '_' || (
    SELECT string_agg(
               substr('0123456789abcdefghjkmnpqrstvwxyz',
                      substring(bits FROM 1 + 5 * i FOR 5)::bit(5)::int + 1, 1),
               '' ORDER BY i)
      FROM (SELECT B'00' || ('x' || replace(id::text, '-', ''))::bit(128) AS bits) AS b,
           generate_series(0, 25) AS i);

CREATE TABLE auth.app (
    id              uuid PRIMARY KEY,
    tenant          text NOT NULL,
    name            text NOT NULL,
    type            text NOT NULL CHECK (type IN ('confidential', 'public')),
    secret_hashes   text[] NOT NULL DEFAULT '{}',
    redirect_uris   text[] NOT NULL,
    scopes          text[] NOT NULL DEFAULT '{}',
    logo_url        text,
    color           text,
    from_name       text,
    reply_to        text,
    link_ttl        integer NOT NULL,  -- seconds
    session_ttl     integer NOT NULL,  -- seconds
    sign_up         text NOT NULL CHECK (sign_up IN ('open', 'closed')),
    same_browser    text NOT NULL CHECK (same_browser IN ('required', 'confirm', 'off')),
    created_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE auth."user" (
    id              uuid PRIMARY KEY,
    tenant          text NOT NULL,
    email           text NOT NULL,  -- canonical
    email_verified  boolean NOT NULL DEFAULT false,
    attributes      jsonb NOT NULL DEFAULT '{}',
    status          text NOT NULL CHECK (status IN ('pending', 'active', 'blocked')),
    created_at      timestamptz NOT NULL DEFAULT now(),
    last_sign_in_at timestamptz,
    UNIQUE (tenant, email)
);

-- Partitioned by day of the id's own time (UUIDv7): a look-up by id touches one partition, and old
-- links go with theirs. auth.ensure_link_partitions makes them ahead of time.
CREATE TABLE auth.link (
    id               uuid NOT NULL,
    app_id           uuid NOT NULL,
    tenant           text NOT NULL,
    kid              text NOT NULL,  -- the entry of the key ring that derives its secrets
    subject          text NOT NULL,
    email            text NOT NULL,  -- canonical
    email_masked     text NOT NULL,
    intent           text NOT NULL,
    redirect_uri     text NOT NULL,
    state            text,
    nonce            text,
    code_challenge   text,
    locale           text,
    attributes       jsonb,
    ip               text,           -- of the person who asked, as the app says
    user_agent       text,
    request_id       text,
    expires_in       integer NOT NULL,  -- seconds from the hand-over
    session_duration integer,           -- seconds
    suppressed       boolean NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now(),
    deliver_by       timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,  -- the latest possible end; shortened once mailed
    mail_status      text NOT NULL,
    mail_attempts    integer NOT NULL DEFAULT 0,
    mail_error       text,
    mailed_at        timestamptz,
    failed_at        timestamptz,
    confirmed_at     timestamptz,
    confirmed_by     text,           -- digest of the browser's cookie: a double click repeats the answer
    confirmed_ip     text,           -- of the person who confirmed, for the session that follows
    confirmed_agent  text,
    user_id          uuid,
    verifier_tries   integer NOT NULL DEFAULT 0,
    exchanged_at     timestamptz,
    session_id       uuid,
    revoked_at       timestamptz,
    revoked_by       text,
    PRIMARY KEY (id)
) PARTITION BY RANGE (id);

-- Siblings of a link, and what erasing a user ends.
CREATE INDEX link_alive ON auth.link (app_id, subject)
    WHERE confirmed_at IS NULL AND revoked_at IS NULL;
-- Links whose mail nobody has reported on: see LostMails.
CREATE INDEX link_unreported ON auth.link (deliver_by)
    WHERE mailed_at IS NULL AND failed_at IS NULL AND revoked_at IS NULL AND confirmed_at IS NULL
      AND NOT suppressed;

-- The lowest UUIDv7 of an instant.
CREATE FUNCTION auth.uuid_floor(at timestamptz) RETURNS uuid
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN rpad(lpad(to_hex(floor(extract(epoch FROM at) * 1000)::bigint), 12, '0'), 32, '0')::uuid;

-- Makes the partitions of the days given, where missing. Days are UTC.
CREATE FUNCTION auth.ensure_link_partitions(first_day date, last_day date) RETURNS void
    LANGUAGE plpgsql AS
$$
DECLARE
    day date;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('auth.link partitions'));
    FOR day IN SELECT generate_series(first_day, last_day, interval '1 day')::date LOOP
        IF to_regclass(format('auth.link_%s', to_char(day, 'YYYYMMDD'))) IS NULL THEN
            EXECUTE format(
                'CREATE TABLE auth.%I PARTITION OF auth.link FOR VALUES FROM (%L) TO (%L)',
                'link_' || to_char(day, 'YYYYMMDD'),
                auth.uuid_floor(day::timestamp AT TIME ZONE 'UTC'),
                auth.uuid_floor((day + 1)::timestamp AT TIME ZONE 'UTC'));
        END IF;
    END LOOP;
END
$$;

-- Drops the partitions of days before the one given; says how many.
CREATE FUNCTION auth.drop_link_partitions(before_day date) RETURNS integer
    LANGUAGE plpgsql AS
$$
DECLARE
    partition regclass;
    dropped integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('auth.link partitions'));
    FOR partition IN
        SELECT c.oid::regclass
          FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
         WHERE i.inhparent = 'auth.link'::regclass
           AND c.relname ~ '^link_[0-9]{8}$'
           AND to_date(substr(c.relname, 6), 'YYYYMMDD') < before_day
    LOOP
        EXECUTE format('DROP TABLE %s', partition);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END
$$;

CREATE TABLE auth.idempotency_key (
    app_id     uuid NOT NULL,
    key        text NOT NULL,
    digest     text NOT NULL,  -- keyed hash of the body
    link_id    uuid NOT NULL,
    expires_at timestamptz NOT NULL,  -- as the first answer said
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (app_id, key)
);
CREATE INDEX idempotency_key_age ON auth.idempotency_key (created_at);

CREATE TABLE auth.session (
    id              uuid PRIMARY KEY,
    tenant          text NOT NULL,
    user_id         uuid NOT NULL,
    app_id          uuid NOT NULL,
    link_id         uuid NOT NULL,
    kid             text NOT NULL,  -- the entry of the key ring that derives its refresh tokens
    subject         text NOT NULL,
    email_masked    text NOT NULL,
    nonce           text,
    ip              text,
    user_agent      text,
    generation      integer NOT NULL DEFAULT 1,  -- of the refresh token that is good now
    rotated_at      timestamptz[] NOT NULL DEFAULT '{}',  -- uses of the last generations, newest first
    auth_time       timestamptz NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    refreshed_at    timestamptz,
    expires_at      timestamptz NOT NULL,
    ended_at        timestamptz,
    end_reason      text
);
CREATE INDEX session_of_user ON auth.session (user_id) WHERE ended_at IS NULL;

CREATE TABLE auth.signing_key (
    kid         text PRIMARY KEY,
    public_key  bytea NOT NULL,  -- X.509 SubjectPublicKeyInfo
    private_key bytea NOT NULL,  -- PKCS #8, encrypted under the key ring
    is_first    boolean UNIQUE CHECK (is_first),  -- of nodes that start at once, one makes the first
    created_at  timestamptz NOT NULL DEFAULT now()
);

-- Events on their way to Kafka: written in the statement of the change itself, deleted when the
-- broker has acknowledged them. Until claimed_until one node is publishing the row.
CREATE TABLE auth.outbox (
    id            uuid PRIMARY KEY DEFAULT uuidv7(),  -- the event's id
    topic         text NOT NULL,
    key           text,
    type          text NOT NULL,
    data          jsonb NOT NULL,
    time          timestamptz NOT NULL DEFAULT now(),
    claimed_until timestamptz NOT NULL DEFAULT now() + interval '30 seconds'
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
CREATE INDEX outbox_claim ON auth.outbox (claimed_until);

-- What every event about a link says.
CREATE FUNCTION auth.about_link(l auth.link) RETURNS jsonb
    LANGUAGE sql STABLE
RETURN jsonb_strip_nulls(jsonb_build_object(
    'tenant', l.tenant, 'app_id', auth.typeid('app', l.app_id),
    'subject', l.subject, 'email_masked', l.email_masked,
    'link_id', auth.typeid('link', l.id), 'user_id', auth.typeid('user', l.user_id)));

-- What every event about a session says.
CREATE FUNCTION auth.about_session(s auth.session) RETURNS jsonb
    LANGUAGE sql STABLE
RETURN jsonb_strip_nulls(jsonb_build_object(
    'tenant', s.tenant, 'app_id', auth.typeid('app', s.app_id),
    'subject', s.subject, 'email_masked', s.email_masked,
    'link_id', auth.typeid('link', s.link_id), 'user_id', auth.typeid('user', s.user_id),
    'session_id', auth.typeid('sess', s.id), 'ip', s.ip, 'user_agent', s.user_agent,
    'expires_at', s.expires_at, 'generation', s.generation));

-- Rows of the outbox as a statement returns them to the node that will publish them.
CREATE FUNCTION auth.as_published(o auth.outbox) RETURNS jsonb
    LANGUAGE sql STABLE
RETURN jsonb_build_object('id', o.id, 'topic', o.topic, 'key', o.key, 'type', o.type,
    'data', o.data, 'time', o.time);

-- One row for each that is counted: the theoretical arrival time of GCRA, by the database's clock.
-- A row whose time has come is as good as none.
CREATE TABLE auth.rate_limit (
    key text PRIMARY KEY,
    tat timestamptz NOT NULL
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- Counts one request under all its limits, or under none where one of them is reached. Rows are locked
-- in the order of their keys, so that two requests never wait for each other.
-- Says of each limit, in the order given: what is left, and the seconds until this request would be
-- let through (0 where it is). Returns no row where the request repeats one that was counted before;
-- that is looked up behind the locks, so that of the same request sent twice at once one counts.
CREATE FUNCTION auth.take_budget(
    of_app uuid, idempotency_key text,
    keys text[], bursts integer[], seconds double precision[])
    RETURNS TABLE (remaining integer[], retry_after double precision[])
    LANGUAGE plpgsql AS
$$
DECLARE
    at    timestamptz;
    times timestamptz[] := '{}';
    step  interval;
    due   timestamptz;
BEGIN
    IF cardinality(keys) > 0 THEN
        -- Changes no row that is there, but locks it.
        INSERT INTO auth.rate_limit AS r (key, tat)
        SELECT k, '-infinity' FROM unnest(keys) AS k GROUP BY k ORDER BY k
            ON CONFLICT (key) DO UPDATE SET tat = r.tat WHERE false;
    END IF;
    IF EXISTS (SELECT FROM auth.idempotency_key i
                WHERE i.app_id = of_app AND i.key = idempotency_key
                  AND i.created_at >= now() - interval '24 hours') THEN
        RETURN;
    END IF;
    remaining := '{}';
    retry_after := '{}';
    -- Not the time of the transaction: it may have waited for a row.
    at := clock_timestamp();
    FOR i IN 1..cardinality(keys) LOOP
        step := make_interval(secs => seconds[i] / bursts[i]);
        SELECT greatest(r.tat, at) + step INTO STRICT due
          FROM auth.rate_limit r WHERE r.key = keys[i];
        times[i] := due;
        retry_after[i] := greatest(0, extract(epoch FROM due - at) - seconds[i]);
        -- A step is rounded to a microsecond; whole requests are meant.
        remaining[i] := greatest(0, floor(
            (seconds[i] - extract(epoch FROM due - at)) * bursts[i] / seconds[i] + 0.0001));
    END LOOP;
    IF NOT 0 < ANY (retry_after) THEN
        UPDATE auth.rate_limit r
           SET tat = t.due
          FROM unnest(keys, times) AS t (key, due)
         WHERE r.key = t.key;
    ELSE
        -- Refused requests take no budget: what is left is what there was.
        FOR i IN 1..cardinality(keys) LOOP
            IF retry_after[i] = 0 THEN
                remaining[i] := remaining[i] + 1;
            END IF;
        END LOOP;
    END IF;
    RETURN NEXT;
END
$$;

-- Wrong six-digit codes of a link, and of an address on one day (UTC), over all its links.
ALTER TABLE auth.link ADD COLUMN code_tries integer NOT NULL DEFAULT 0;
CREATE TABLE auth.code_tries (
    subject text NOT NULL,
    day     date NOT NULL,
    tries   integer NOT NULL,
    PRIMARY KEY (day, subject)
);

CREATE FUNCTION auth.today() RETURNS date
    LANGUAGE sql STABLE
RETURN (now() AT TIME ZONE 'UTC')::date;

-- Whether so many wrong codes came for an address today that none counts any more. Waits for those
-- that are being counted: guesses on all links of an address come one after the other.
CREATE FUNCTION auth.codes_blocked(of_subject text) RETURNS boolean
    LANGUAGE sql VOLATILE AS
$$
    SELECT coalesce((SELECT t.tries >= 100 FROM auth.code_tries t
                      WHERE t.day = auth.today() AND t.subject = of_subject
                        FOR SHARE), false)
$$;

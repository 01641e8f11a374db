-- One row for each that is counted: the theoretical arrival time of GCRA, by the database's clock.
-- A row whose time has come is as good as none.
CREATE TABLE auth.rate_limit (
    key text PRIMARY KEY,
    tat timestamptz NOT NULL
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- Counts one request under all its limits, or under none where one of them is reached. Rows are locked
-- in the order of their keys, so that two requests never wait for each other.
-- Says of each limit, in the order given: what is left, and the seconds until this request would be
-- let through (0 where it is). Returns no row where there is nothing to count or "skipped" is true.
CREATE FUNCTION auth.take_budget(
    skipped boolean, keys text[], bursts integer[], seconds double precision[])
    RETURNS TABLE (remaining integer[], retry_after double precision[])
    LANGUAGE plpgsql AS
$$
DECLARE
    at    timestamptz;
    times timestamptz[] := '{}';
    step  interval;
    due   timestamptz;
BEGIN
    IF skipped THEN
        RETURN;
    END IF;
    remaining := '{}';
    retry_after := '{}';
    IF cardinality(keys) > 0 THEN
        INSERT INTO auth.rate_limit AS r (key, tat)
        SELECT k, '-infinity' FROM unnest(keys) AS k GROUP BY k ORDER BY k
            ON CONFLICT (key) DO NOTHING;
        PERFORM FROM auth.rate_limit r WHERE r.key = ANY (keys) ORDER BY r.key FOR UPDATE;
    END IF;
    -- Not the time of the transaction: it may have waited for a row.
    at := clock_timestamp();
    FOR i IN 1..cardinality(keys) LOOP
        step := make_interval(secs => seconds[i] / bursts[i]);
        SELECT greatest(r.tat, at) + step INTO due FROM auth.rate_limit r WHERE r.key = keys[i];
        -- The row may just have been cleaned away.
        due := coalesce(due, at + step);
        times[i] := due;
        retry_after[i] := greatest(0, extract(epoch FROM due - at) - seconds[i]);
        remaining[i] := greatest(0,
            floor((seconds[i] - extract(epoch FROM due - at)) * bursts[i] / seconds[i]));
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

-- Whether so many wrong codes came for an address today that none counts any more.
CREATE FUNCTION auth.codes_blocked(of_subject text) RETURNS boolean
    LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM auth.code_tries t
                WHERE t.day = auth.today() AND t.subject = of_subject AND t.tries >= 100);

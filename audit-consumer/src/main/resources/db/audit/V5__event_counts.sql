-- How many events of each kind each minute had, for charts and for what is usual: entered along
-- with the events.
CREATE TABLE audit.event_count (
    minute  timestamptz NOT NULL,
    type    text        NOT NULL,
    outcome text        NOT NULL,
    events  bigint      NOT NULL CHECK (events > 0),
    CONSTRAINT event_count_pk PRIMARY KEY (minute, type, outcome)
) WITH (fillfactor = 70);

INSERT INTO audit.event_count (minute, type, outcome, events)
SELECT date_trunc('minute', time, 'UTC'), type, coalesce(outcome, ''), count(*)
  FROM audit.audit_event GROUP BY 1, 2, 3;

-- Where the events of each hour are: those of a time lie between the numbers of its hours, so that
-- whoever asks for a time reads no others. Events come nearly, but not quite, in the order of time.
CREATE TABLE audit.event_hour (
    hour  timestamptz NOT NULL,
    first bigint      NOT NULL CHECK (first >= 0),
    last  bigint      NOT NULL CHECK (last >= first),
    CONSTRAINT event_hour_pk PRIMARY KEY (hour)
) WITH (fillfactor = 70);

INSERT INTO audit.event_hour (hour, first, last)
SELECT date_trunc('hour', time, 'UTC'), min(sequence), max(sequence)
  FROM audit.audit_event GROUP BY 1;

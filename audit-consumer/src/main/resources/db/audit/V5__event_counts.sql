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

-- In which blocks of 16 384 numbers the events of each hour are, so that whoever asks for a time
-- reads no others. Events come nearly, but not quite, in the order of time; one that says that it
-- is of another year costs a look into one more block.
CREATE TABLE audit.event_hour (
    hour  timestamptz NOT NULL,
    block bigint      NOT NULL CHECK (block >= 0),
    CONSTRAINT event_hour_pk PRIMARY KEY (hour, block)
);

INSERT INTO audit.event_hour (hour, block)
SELECT DISTINCT date_trunc('hour', time, 'UTC'), sequence / 16384 FROM audit.audit_event;

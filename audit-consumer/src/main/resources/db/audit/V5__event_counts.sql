-- How many events of each kind each minute had, for charts: entered along with the events.
CREATE TABLE audit.event_count (
    minute  timestamptz NOT NULL,
    type    text        NOT NULL,
    outcome text        NOT NULL,
    events  bigint      NOT NULL CHECK (events > 0),
    CONSTRAINT event_count_pk PRIMARY KEY (minute, type, outcome)
) WITH (fillfactor = 70);

INSERT INTO audit.event_count (minute, type, outcome, events)
SELECT date_trunc('minute', time), type, coalesce(outcome, ''), count(*)
  FROM audit.audit_event GROUP BY 1, 2, 3;

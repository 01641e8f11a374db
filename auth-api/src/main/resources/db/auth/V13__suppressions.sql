-- Addresses that are not mailed for a time: their mailbox has refused a mail of ours, or its owner has
-- complained of one. A mailbox is the same for all tenants, so there is one row for each.
CREATE TABLE auth.suppression (
    id           uuid PRIMARY KEY DEFAULT uuidv7(),
    subject      text NOT NULL UNIQUE,  -- keyed hash of the address
    email_masked text NOT NULL,
    reason       text NOT NULL,         -- hard_bounce or complaint
    status       text,                  -- RFC 3463, where the bounce had one
    link_id      uuid NOT NULL,         -- whose mail it was
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL
);
CREATE INDEX suppression_end ON auth.suppression (expires_at);

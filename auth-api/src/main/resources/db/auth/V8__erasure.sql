-- Addresses to be erased from links that lead nowhere any more, and users from their sessions: in
-- batches, since nobody knows how many there are.
CREATE TABLE auth.erasure (
    id           uuid PRIMARY KEY DEFAULT uuidv7(),
    tenant       text NOT NULL,
    subject      text NOT NULL,  -- of the address
    user_id      uuid,           -- whose sessions are erased, too; none where he has another address now
    requested_at timestamptz NOT NULL DEFAULT now()
);

-- Sessions of our own pages (those of the built-in apps), and what signs in by them.
ALTER TABLE auth.link
    -- The session of our pages that its browser has: begun or kept when it was confirmed, or the one
    -- that answered an authorization request without a mail.
    ADD COLUMN hosted_session_id uuid,
    -- When the person was asked, where that was not when it was confirmed.
    ADD COLUMN auth_time timestamptz;

ALTER TABLE auth.session
    ADD COLUMN hosted_session_id uuid;
CREATE INDEX session_of_hosted ON auth.session (hosted_session_id)
    WHERE ended_at IS NULL AND hosted_session_id IS NOT NULL;

-- Whether any app allows an origin: a preflight names no app.
CREATE INDEX app_allowed_origin ON auth.app USING gin (allowed_origins);

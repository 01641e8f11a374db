-- What hosted pages, browsers' own calls and limits need to know of an app.
ALTER TABLE auth.app
    ADD COLUMN post_logout_redirect_uris text[] NOT NULL DEFAULT '{}',
    ADD COLUMN allowed_origins           text[] NOT NULL DEFAULT '{}',
    ADD COLUMN address_limits            text[] NOT NULL DEFAULT '{5/15m,20/1d}',
    ADD COLUMN network_limits            text[] NOT NULL DEFAULT '{60/5m}',
    -- The app "account" of a tenant: its sessions are those of our own pages.
    ADD COLUMN built_in                  boolean NOT NULL DEFAULT false;
CREATE UNIQUE INDEX app_built_in ON auth.app (tenant) WHERE built_in;

-- Digest of the cookie of the browser that asked on a hosted page.
ALTER TABLE auth.link ADD COLUMN asked_by text;

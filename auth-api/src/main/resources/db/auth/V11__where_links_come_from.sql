-- Whether an authorization request has asked for a link: what it names is named again when the
-- authorization code is redeemed (RFC 6749, section 4.1.3). A fresh link keeps it.
ALTER TABLE auth.link ADD COLUMN by_authorization boolean NOT NULL DEFAULT false;

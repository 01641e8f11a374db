-- An app's own words for its mails, by language: {"de": {"subject": "…", …}, …}.
ALTER TABLE auth.app ADD COLUMN mail_templates jsonb NOT NULL DEFAULT '{}';

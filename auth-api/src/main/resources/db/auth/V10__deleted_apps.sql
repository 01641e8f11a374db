-- Apps whose links and sessions are to be ended, also those that a node makes which does not know yet.
CREATE TABLE auth.deleted_app (
    id         uuid PRIMARY KEY,
    deleted_at timestamptz NOT NULL DEFAULT now()
);

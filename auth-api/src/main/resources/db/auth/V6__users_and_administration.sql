-- What administrators and apps change by the API: apps, users, sessions and keys.

-- Counts the changes of an app: of two that change it at once, the second looks again.
ALTER TABLE auth.app ADD COLUMN version integer NOT NULL DEFAULT 1;

ALTER TABLE auth."user"
    ADD COLUMN username     text,
    ADD COLUMN phone_number text,
    -- Made by a request that nobody has confirmed yet: forgotten if nobody does.
    ADD COLUMN provisional  boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT user_username UNIQUE (tenant, username),
    ADD CONSTRAINT user_phone_number UNIQUE (tenant, phone_number);
CREATE INDEX user_of_tenant ON auth."user" (tenant, id);
CREATE INDEX user_provisional ON auth."user" (created_at) WHERE provisional AND status = 'pending';

-- With link_alive, every link of an address: a link is in exactly one of both.
CREATE INDEX link_settled ON auth.link (subject)
    WHERE confirmed_at IS NOT NULL OR revoked_at IS NOT NULL;

-- Lists of a user's sessions, ended ones too; those of an app that is deleted; old ones to forget.
CREATE INDEX session_history ON auth.session (user_id, id);
DROP INDEX auth.session_of_user;
CREATE INDEX session_of_app ON auth.session (app_id, id) WHERE ended_at IS NULL;
CREATE INDEX session_end ON auth.session (least(ended_at, expires_at));

-- Of nodes that rotate at once, one makes the successor of a key.
ALTER TABLE auth.signing_key ADD COLUMN replaces text UNIQUE;

-- RFC 7396: members of the patch replace, null removes, objects are merged at any depth.
CREATE FUNCTION auth.merge_patch(target jsonb, patch jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS
$$
BEGIN
    IF jsonb_typeof(patch) <> 'object' THEN
        RETURN patch;
    END IF;
    IF target IS NULL OR jsonb_typeof(target) <> 'object' THEN
        target := '{}';
    END IF;
    RETURN coalesce((
        SELECT jsonb_object_agg(key, CASE WHEN p.value IS NULL THEN t.value
                                          ELSE auth.merge_patch(t.value, p.value) END)
          FROM jsonb_each(target) t FULL JOIN jsonb_each(patch) p USING (key)
         WHERE p.value IS NULL OR jsonb_typeof(p.value) <> 'null'), '{}');
END
$$;

package io.latchkey.auth.user.postgres;

/** The links of an address, in whatever app of a tenant: a part of other statements. */
final class OpenLinks {
    /**
     * Common table expressions: {@code link_of_address}, all of them, and {@code open_link}, those
     * that could still lead to a session, locked in the order of their ids as {@code
     * ConfirmStatement} locks them. Binds {@code :tenant} and {@code :subjects}.
     */
    static final String LOCKED =
            """
            link_of_address AS (
                SELECT l.id FROM auth.link l
                 WHERE l.app_id = ANY(ARRAY(SELECT a.id FROM auth.app a WHERE a.tenant = :tenant))
                   AND l.subject = ANY(:subjects)
                   AND l.confirmed_at IS NULL AND l.revoked_at IS NULL
                UNION ALL
                SELECT l.id FROM auth.link l
                 WHERE l.tenant = :tenant AND l.subject = ANY(:subjects)
                   AND (l.confirmed_at IS NOT NULL OR l.revoked_at IS NOT NULL)
            ), open_link AS MATERIALIZED (
                SELECT l.id FROM auth.link l
                 WHERE l.id IN (SELECT f.id FROM link_of_address f) AND l.revoked_at IS NULL
                   AND (l.confirmed_at IS NULL AND l.expires_at > now()
                        OR l.confirmed_at > now() - interval '60 seconds' AND l.exchanged_at IS NULL)
                 ORDER BY l.id
                   FOR UPDATE
            )""";

    private OpenLinks() {}
}

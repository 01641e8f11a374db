package io.latchkey.auth.user.postgres;

/** The live links of an address, in whatever app of a tenant: a part of other statements. */
final class OpenLinks {
    /**
     * A common table expression: {@code open_link}, those that could still lead to a session,
     * locked in the order of their ids as {@code ConfirmStatement} locks them. Links that were
     * confirmed are looked for among the young ones, however many an address has. Binds {@code
     * :tenant} and {@code :subjects}.
     */
    static final String LOCKED =
            """
            open_link AS MATERIALIZED (
                SELECT l.id FROM auth.link l
                 WHERE l.id = ANY(ARRAY(
                           SELECT a.id FROM auth.link a
                            WHERE a.app_id = ANY(ARRAY(
                                      SELECT p.id FROM auth.app p WHERE p.tenant = :tenant))
                              AND a.subject = ANY(:subjects)
                              AND a.confirmed_at IS NULL AND a.revoked_at IS NULL
                              AND a.expires_at > now()
                           UNION ALL
                           SELECT c.id FROM auth.link c
                            WHERE c.tenant = :tenant AND c.subject = ANY(:subjects)
                              AND c.id >= auth.uuid_floor(now() - interval '3 days')
                              AND c.confirmed_at > now() - interval '60 seconds'
                              AND c.exchanged_at IS NULL AND c.revoked_at IS NULL))
                   AND l.revoked_at IS NULL
                   AND (l.confirmed_at IS NULL AND l.expires_at > now()
                        OR l.confirmed_at > now() - interval '60 seconds' AND l.exchanged_at IS NULL)
                 ORDER BY l.id
                   FOR UPDATE
            )""";

    private OpenLinks() {}
}

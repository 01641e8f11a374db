package io.latchkey.auth.link.postgres;

import static io.latchkey.auth.platform.Database.get;
import static io.latchkey.auth.platform.Database.instant;
import static io.latchkey.auth.platform.Database.instantOrNull;

import io.latchkey.auth.link.Link;
import io.latchkey.events.AppId;
import io.latchkey.events.LinkId;
import io.latchkey.events.Subject;
import io.r2dbc.spi.Readable;
import java.util.UUID;

/** Reads a link from its row. */
final class LinkRow {
    static final String FIND =
            """
            SELECT id, app_id, tenant, subject, email_masked, kid, redirect_uri, state, code_challenge, ip, user_agent,
                   asked_by, suppressed, created_at, expires_at, expires_at <= now() AS expired,
                   coalesce(confirmed_at > now() - interval '10 seconds', false) AS just_confirmed,
                   mail_status, mail_attempts, mail_error, mailed_at,
                   failed_at IS NOT NULL AS failed,
                   confirmed_at, confirmed_by, exchanged_at, revoked_at
              FROM auth.link
             WHERE id = :id
            """;

    private LinkRow() {}

    static Link read(Readable row) {
        return new Link(
                new LinkId(get(row, "id", UUID.class)),
                new AppId(get(row, "app_id", UUID.class)),
                get(row, "tenant", String.class),
                new Subject(get(row, "subject", String.class)),
                get(row, "email_masked", String.class),
                get(row, "kid", String.class),
                get(row, "redirect_uri", String.class),
                row.get("state", String.class),
                row.get("code_challenge", String.class),
                row.get("ip", String.class),
                row.get("user_agent", String.class),
                row.get("asked_by", String.class),
                get(row, "suppressed", Boolean.class),
                get(row, "expired", Boolean.class),
                get(row, "just_confirmed", Boolean.class),
                instant(row, "created_at"),
                instant(row, "expires_at"),
                new Link.MailState(
                        get(row, "mail_status", String.class),
                        get(row, "mail_attempts", Integer.class),
                        row.get("mail_error", String.class),
                        instantOrNull(row, "mailed_at"),
                        get(row, "failed", Boolean.class)),
                instantOrNull(row, "confirmed_at"),
                row.get("confirmed_by", String.class),
                instantOrNull(row, "exchanged_at"),
                instantOrNull(row, "revoked_at"));
    }
}

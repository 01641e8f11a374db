package io.latchkey.auth.session.postgres;

import static io.latchkey.auth.platform.Database.get;
import static io.latchkey.auth.platform.Database.instant;

import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.session.Session;
import io.latchkey.events.AppId;
import io.latchkey.events.LinkId;
import io.latchkey.events.SessionId;
import io.latchkey.events.UserId;
import io.r2dbc.spi.Readable;
import java.util.UUID;

/** Reads a session from its row, joined with its user. */
final class SessionRow {
    /** Of {@code s}, the session, and {@code u}, its user. */
    static final String COLUMNS =
            """
            s.id, s.tenant, s.user_id, s.app_id, s.link_id, u.email, u.email_verified, s.kid, s.generation, s.nonce,
            s.auth_time, s.expires_at, now() AS now""";

    private SessionRow() {}

    static Session read(Readable row) {
        return new Session(
                new SessionId(get(row, "id", UUID.class)),
                get(row, "tenant", String.class),
                new UserId(get(row, "user_id", UUID.class)),
                new AppId(get(row, "app_id", UUID.class)),
                new LinkId(get(row, "link_id", UUID.class)),
                get(row, "email", String.class),
                get(row, "email_verified", Boolean.class),
                get(row, "kid", String.class),
                get(row, "generation", Integer.class),
                row.get("nonce", String.class),
                instant(row, "auth_time"),
                instant(row, "expires_at"),
                instant(row, "now"));
    }

    static Changed<Session> changed(Readable row) {
        return new Changed<>(read(row), WrittenEvents.parse(row.get("events", String.class)));
    }
}

package io.latchkey.auth.user.postgres;

import static io.latchkey.auth.platform.Database.get;
import static io.latchkey.auth.platform.Database.instant;
import static io.latchkey.auth.platform.Database.instantOrNull;

import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.user.User;
import io.latchkey.auth.user.UserStatus;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.UserId;
import io.r2dbc.spi.Readable;
import java.util.UUID;

/** Reads a user from his row. */
final class UserRow {
    /** Of {@code u}. */
    static final String COLUMNS =
            """
            u.id, u.tenant, u.email, u.email_verified, u.username, u.phone_number,
            u.attributes::text AS attributes, u.status, u.created_at, u.last_sign_in_at""";

    private UserRow() {}

    static User read(Readable row) {
        return new User(
                new UserId(get(row, "id", UUID.class)),
                get(row, "tenant", String.class),
                EmailAddress.parse(get(row, "email", String.class)),
                get(row, "email_verified", Boolean.class),
                row.get("username", String.class),
                row.get("phone_number", String.class),
                get(row, "attributes", String.class),
                UserStatus.parse(get(row, "status", String.class)),
                instant(row, "created_at"),
                instantOrNull(row, "last_sign_in_at"));
    }

    static Changed<User> changed(Readable row) {
        return new Changed<>(read(row), WrittenEvents.parse(row.get("events", String.class)));
    }
}

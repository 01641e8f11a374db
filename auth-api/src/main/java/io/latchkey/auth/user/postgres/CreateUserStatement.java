package io.latchkey.auth.user.postgres;

import static io.latchkey.auth.platform.Database.text;

import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.platform.Database;
import io.latchkey.auth.user.NewUser;
import io.latchkey.auth.user.User;
import io.latchkey.auth.user.UserAct;
import io.latchkey.events.UserCreated;
import io.latchkey.events.UserId;
import io.latchkey.events.wire.CloudEventCodec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes a user, with the event. */
@Component
class CreateUserStatement {
    private static final String CREATE =
            """
            WITH u AS (
                INSERT INTO auth."user"
                       (id, tenant, email, username, phone_number, attributes, status, provisional)
                VALUES (:id, :tenant, :email, :username, :phone_number, :attributes::jsonb, :status,
                        :provisional)
                RETURNING *
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT 'latchkey.security-events', :subject, 'io.latchkey.UserCreated.v1',
                       :event::jsonb
                  FROM u
                UNION ALL
                SELECT 'latchkey.security-events', :subject, 'io.latchkey.AdminActed.v1',
                       :admin_act::jsonb
                  FROM u WHERE :admin_act::text IS NOT NULL
                RETURNING *
            )
            SELECT %s, (SELECT jsonb_agg(auth.as_published(e)) FROM events e)::text AS events FROM u
            """
                    .formatted(UserRow.COLUMNS);

    private final Database database;
    private final CloudEventCodec codec;

    CreateUserStatement(Database database, CloudEventCodec codec) {
        this.database = database;
        this.codec = codec;
    }

    Mono<Changed<User>> run(UserId id, String tenant, NewUser user, UserAct act) {
        var values = new HashMap<String, Object>();
        values.put("id", id.value());
        values.put("tenant", tenant);
        values.put("email", user.email().value());
        values.put("username", text(user.username()));
        values.put("phone_number", text(user.phoneNumber()));
        values.put("attributes", user.attributes());
        values.put("status", user.status().toString());
        values.put("provisional", user.provisional());
        values.put("subject", String.valueOf(act.context().subject()));
        values.put("event", codec.data(new UserCreated(act.context(), names(user))));
        values.put("admin_act", ChangeUserStatement.adminAct(act, codec));
        return database.one(CREATE, values, UserRow::changed);
    }

    private static Set<String> names(NewUser user) {
        var names = new HashSet<>(Set.of("email"));
        if (user.username() != null) {
            names.add("username");
        }
        if (user.phoneNumber() != null) {
            names.add("phone_number");
        }
        if (!"{}".equals(user.attributes())) {
            names.add("attributes");
        }
        return names;
    }
}

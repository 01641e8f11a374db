package io.latchkey.auth.suppression.postgres;

import static io.latchkey.auth.platform.Database.get;
import static io.latchkey.auth.platform.Database.instant;
import static io.latchkey.auth.platform.Database.text;

import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.auth.platform.PageRequest;
import io.latchkey.auth.suppression.Suppression;
import io.latchkey.auth.suppression.SuppressionId;
import io.latchkey.auth.suppression.SuppressionReason;
import io.latchkey.auth.suppression.SuppressionStore;
import io.latchkey.events.AdminActed;
import io.latchkey.events.LinkId;
import io.latchkey.events.Subject;
import io.latchkey.events.wire.CloudEventCodec;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class PostgresSuppressionStore implements SuppressionStore {
    private static final String LIST =
            """
            SELECT * FROM auth.suppression
             WHERE id < :below AND expires_at > now()
               AND (:subject::text IS NULL OR subject = :subject)
             ORDER BY id DESC
             LIMIT :at_most
            """;

    private static final String FIND =
            "SELECT * FROM auth.suppression WHERE id = :id AND expires_at > now()";

    private static final String LIFT =
            """
            WITH lifted AS (
                DELETE FROM auth.suppression WHERE id = :id AND expires_at > now() RETURNING subject
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT 'latchkey.security-events', subject, 'io.latchkey.AdminActed.v1',
                       :event::jsonb
                  FROM lifted
                RETURNING *
            )
            SELECT (SELECT jsonb_agg(auth.as_published(e)) FROM events e)::text AS events
              FROM lifted
            """;

    private final Database database;
    private final CloudEventCodec codec;

    PostgresSuppressionStore(Database database, CloudEventCodec codec) {
        this.database = database;
        this.codec = codec;
    }

    @Override
    public Mono<List<Suppression>> list(@Nullable Subject subject, PageRequest page) {
        return database.all(
                        LIST,
                        Map.of(
                                "below", page.belowId(),
                                "subject", text(Objects.toString(subject, null)),
                                "at_most", page.look()),
                        PostgresSuppressionStore::read)
                .collectList();
    }

    @Override
    public Mono<Suppression> find(SuppressionId id) {
        return database.one(FIND, Map.of("id", id.value()), PostgresSuppressionStore::read);
    }

    @Override
    public Mono<List<OutboxRow>> lift(SuppressionId id, AdminActed event) {
        return database.one(
                LIFT,
                Map.of("id", id.value(), "event", codec.data(event)),
                row -> WrittenEvents.parse(row.get("events", String.class)));
    }

    private static Suppression read(Readable row) {
        return new Suppression(
                new SuppressionId(get(row, "id", UUID.class)),
                new Subject(get(row, "subject", String.class)),
                get(row, "email_masked", String.class),
                SuppressionReason.valueOf(
                        get(row, "reason", String.class).toUpperCase(Locale.ROOT)),
                row.get("status", String.class),
                new LinkId(get(row, "link_id", UUID.class)),
                instant(row, "created_at"),
                instant(row, "expires_at"));
    }
}

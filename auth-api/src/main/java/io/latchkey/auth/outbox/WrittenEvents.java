package io.latchkey.auth.outbox;

import io.latchkey.events.EventId;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of the outbox that a statement has written, as it returns them: a JSON array of {@code
 * auth.as_published(outbox)}.
 */
public final class WrittenEvents {
    private static final JsonMapper JSON = new JsonMapper();

    private WrittenEvents() {}

    /** Empty where the statement wrote none. */
    public static List<OutboxRow> parse(@Nullable String events) {
        return events == null
                ? List.of()
                : JSON.readTree(events).valueStream().map(WrittenEvents::row).toList();
    }

    private static OutboxRow row(JsonNode row) {
        return new OutboxRow(
                new EventId(UUID.fromString(row.required("id").stringValue())),
                row.required("topic").stringValue(),
                row.path("key").isString() ? row.path("key").stringValue() : null,
                row.required("type").stringValue(),
                row.required("data").toString(),
                OffsetDateTime.parse(row.required("time").stringValue()).toInstant());
    }
}

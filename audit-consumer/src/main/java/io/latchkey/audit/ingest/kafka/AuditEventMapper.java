package io.latchkey.audit.ingest.kafka;

import io.latchkey.audit.trail.AuditEvent;
import io.latchkey.audit.trail.ClientAddress;
import io.latchkey.audit.trail.StorableText;
import io.latchkey.events.Event;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.wire.EventJson;
import java.lang.reflect.RecordComponent;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What of an event goes into the trail. All of its own fields do, whatever its type, but for the
 * order of a mail: that one holds the address and callers' text, so its fields are listed one by
 * one.
 */
final class AuditEventMapper {
    private static final Set<String> OF_LINK_REQUESTED =
            Set.of("intent", "locale", "requested_at", "deliver_by", "expires_in", "kid");

    private static final Set<String> CONTEXT =
            Arrays.stream(EventContext.class.getRecordComponents())
                    .map(RecordComponent::getName)
                    .map(AuditEventMapper::snakeCase)
                    .collect(Collectors.toUnmodifiableSet());

    private final JsonMapper json = EventJson.mapper();

    /**
     * @throws IllegalArgumentException if no room of the trail fits it; the message says why, in
     *     stable words
     */
    AuditEvent map(EventEnvelope<?> envelope) {
        var event = envelope.event();
        var context = event.context();
        var ip = context.ip();
        return new AuditEvent(
                envelope.id(),
                envelope.time().truncatedTo(ChronoUnit.MICROS),
                event.name(),
                context.outcome(),
                StorableText.ofNullable(context.reason()),
                StorableText.ofNullable(context.tenant()),
                context.appId(),
                context.userId(),
                context.subject(),
                StorableText.ofNullable(context.emailMasked()),
                context.linkId(),
                context.sessionId(),
                ip == null ? null : ClientAddress.parse(ip).orElse(null),
                StorableText.ofNullable(context.userAgent()),
                StorableText.ofNullable(context.requestId()),
                json.writeValueAsString(ownFields(event)));
    }

    private ObjectNode ownFields(Event event) {
        ObjectNode fields = json.valueToTree(event);
        if (event instanceof LinkRequested) {
            fields.retain(OF_LINK_REQUESTED);
        } else {
            fields.remove(CONTEXT);
        }
        fields.properties().forEach(field -> field.setValue(storable(field.getValue())));
        return fields;
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static JsonNode storable(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> {
                object.properties().forEach(each -> each.setValue(storable(each.getValue())));
                yield object;
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, storable(array.get(i)));
                }
                yield array;
            }
            default ->
                    value.isString()
                            ? StringNode.valueOf(StorableText.of(value.stringValue()))
                            : value;
        };
    }
}

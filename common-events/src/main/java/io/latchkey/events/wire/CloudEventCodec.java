package io.latchkey.events.wire;

import io.latchkey.events.Event;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Events to and from CloudEvents in Kafka's binary mode: attributes in headers, data in JSON. */
public final class CloudEventCodec {
    public static final String SPEC_VERSION = "ce_specversion";
    public static final String ID = "ce_id";
    public static final String SOURCE = "ce_source";
    public static final String TYPE = "ce_type";
    public static final String TIME = "ce_time";

    /** Extension attribute: proves who published a mail event. */
    public static final String SEAL = "ce_seal";

    public static final String CONTENT_TYPE = "content-type";
    private static final Pattern SOURCE_FORM = Pattern.compile("[^\\p{C}\\p{Z}]{1,256}");
    private static final String JSON = "application/json";

    private final JsonMapper json = EventJson.mapper();

    public EncodedEvent encode(EventEnvelope<?> envelope) {
        var event = envelope.event();
        var subject = event.context().subject();
        return new EncodedEvent(
                EventTypes.topicOf(event.getClass()).topic(),
                subject == null ? null : subject.value(),
                headers(
                        envelope.id(),
                        envelope.source(),
                        EventTypes.typeOf(event.getClass()),
                        envelope.time()),
                data(event));
    }

    /** The data alone, as JSON. */
    public String data(Event event) {
        return json.writeValueAsString(event);
    }

    /** The attributes of an event whose data is at hand already. */
    public Map<String, String> headers(EventId id, String source, String type, Instant time) {
        var headers = new LinkedHashMap<String, String>();
        headers.put(SPEC_VERSION, "1.0");
        headers.put(ID, id.toString());
        headers.put(SOURCE, source);
        headers.put(TYPE, type);
        headers.put(TIME, time.toString());
        headers.put(CONTENT_TYPE, JSON);
        return headers;
    }

    /**
     * Reads a record.
     *
     * @param header gives the last value of a header, or null
     * @throws UnreadableEventException if it is no event of ours, or not as its type says
     */
    public EventEnvelope<?> decode(
            Function<String, byte @Nullable []> header, byte @Nullable [] data)
            throws UnreadableEventException {
        if (!"1.0".equals(attribute(header, SPEC_VERSION))) {
            throw new UnreadableEventException("no CloudEvent 1.0", null);
        }
        var type =
                EventTypes.byType(attribute(header, TYPE))
                        .orElseThrow(() -> new UnreadableEventException("unknown type", null));
        var id = parsed(header, ID, EventId::parse);
        var source = attribute(header, SOURCE);
        var time = parsed(header, TIME, text -> OffsetDateTime.parse(text).toInstant());
        if (!SOURCE_FORM.matcher(source).matches()) {
            throw new UnreadableEventException("malformed attribute", SOURCE);
        }
        if (data == null) {
            throw new UnreadableEventException("no data", null);
        }
        return new EventEnvelope<>(id, source, time, read(type, data));
    }

    private <E extends Event> E read(Class<E> type, byte[] data) throws UnreadableEventException {
        E event;
        try {
            event = json.readValue(data, type);
        } catch (JacksonException e) {
            throw new UnreadableEventException("malformed data", place(e));
        }
        if (event == null) {
            throw new UnreadableEventException("no data", null);
        }
        var missing = RequiredComponents.firstMissing((Record) event);
        if (missing.isPresent()) {
            throw new UnreadableEventException("missing field", missing.get());
        }
        return event;
    }

    /** Names of our own fields only: what is unknown is skipped before it can be at fault. */
    private static @Nullable String place(JacksonException failure) {
        var path =
                failure.getPath().stream()
                        .map(JacksonException.Reference::getPropertyName)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining("."));
        return path.isEmpty() ? null : path;
    }

    private static <T> T parsed(
            Function<String, byte @Nullable []> header, String name, Function<String, T> parse)
            throws UnreadableEventException {
        var text = attribute(header, name);
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnreadableEventException("malformed attribute", name);
        }
    }

    private static String attribute(Function<String, byte @Nullable []> header, String name)
            throws UnreadableEventException {
        var value = header.apply(name);
        if (value == null) {
            throw new UnreadableEventException("missing attribute", name);
        }
        return new String(value, StandardCharsets.UTF_8);
    }
}

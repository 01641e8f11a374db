package io.latchkey.events.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import io.latchkey.events.AppId;
import io.latchkey.events.Event;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventId;
import io.latchkey.events.FailureClass;
import io.latchkey.events.LinkId;
import io.latchkey.events.MailAttemptFailed;
import io.latchkey.events.MailBounced;
import io.latchkey.events.SessionId;
import io.latchkey.events.Subject;
import io.latchkey.events.UserId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionConfigs;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;
import tools.jackson.databind.type.LogicalType;

/**
 * The JSON of events: snake case, the context flat among the event's own fields, absent instead of
 * null, ids as text, times as RFC 3339. Unknown fields are skipped: they are from a later version.
 * Types are strict: nothing is read as what it is not, no key twice, no null within a list.
 */
public final class EventJson {
    private EventJson() {}

    public static JsonMapper mapper() {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .changeDefaultPropertyInclusion(
                        i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .withAllCoercionConfigs(EventJson::coerceNothing)
                .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
                .addModule(texts())
                .addMixIn(Event.class, FlatContext.class)
                .addMixIn(MailAttemptFailed.class, ClassOfFailure.class)
                .addMixIn(MailBounced.class, ClassOfFailure.class)
                .build();
    }

    private static void coerceNothing(CoercionConfigs configs) {
        for (var type : LogicalType.values()) {
            var config = configs.findOrCreateCoercion(type);
            for (var shape : CoercionInputShape.values()) {
                config.setCoercion(shape, CoercionAction.Fail);
            }
        }
    }

    private static SimpleModule texts() {
        var module = new SimpleModule("latchkey-texts");
        module.addDeserializer(Instant.class, new ParsedText<>(Instant.class, EventJson::time));
        add(module, AppId.class, AppId::parse);
        add(module, EventId.class, EventId::parse);
        add(module, LinkId.class, LinkId::parse);
        add(module, SessionId.class, SessionId::parse);
        add(module, UserId.class, UserId::parse);
        add(module, Subject.class, Subject::new);
        return module;
    }

    private static <T> void add(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addSerializer(type, new ToStringSerializer(type));
        module.addDeserializer(type, new ParsedText<>(type, parse));
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("time (expected: as in RFC 3339)", e);
        }
    }

    /** For every event. */
    interface FlatContext {
        @JsonUnwrapped
        EventContext context();
    }

    /** For events with a component that Java cannot call {@code class}. */
    interface ClassOfFailure {
        @JsonProperty("class")
        FailureClass failureClass();
    }

    private static final class ParsedText<T> extends StdDeserializer<T> {
        private final transient Function<String, T> parse;

        ParsedText(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return context.reportInputMismatch(this, "expected: a text");
            }
            try {
                return parse.apply(parser.getString());
            } catch (IllegalArgumentException e) {
                return context.reportInputMismatch(this, "%s", e.getMessage());
            }
        }
    }
}

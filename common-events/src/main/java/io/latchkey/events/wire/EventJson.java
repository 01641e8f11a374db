package io.latchkey.events.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * The JSON of events: snake case, the context flat among the event's own fields, absent instead of
 * null, ids as text, times as RFC 3339. Unknown fields are skipped: they are from a later version.
 */
public final class EventJson {
    private EventJson() {}

    public static JsonMapper mapper() {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .changeDefaultPropertyInclusion(
                        i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addModule(ids())
                .addMixIn(Event.class, FlatContext.class)
                .addMixIn(MailAttemptFailed.class, ClassOfFailure.class)
                .addMixIn(MailBounced.class, ClassOfFailure.class)
                .build();
    }

    private static SimpleModule ids() {
        var module = new SimpleModule("latchkey-ids");
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
            var text = parser.getValueAsString("");
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                return context.reportInputMismatch(this, "%s", e.getMessage());
            }
        }
    }
}

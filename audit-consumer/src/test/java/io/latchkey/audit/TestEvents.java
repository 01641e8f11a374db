package io.latchkey.audit;

import com.fasterxml.uuid.Generators;
import io.latchkey.events.Event;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import io.latchkey.events.LinkConfirmed;
import io.latchkey.events.Means;
import io.latchkey.events.Outcome;
import io.latchkey.events.Subject;
import io.latchkey.events.UserId;
import io.latchkey.events.wire.EventTypes;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** Events as the services publish them; each call gives ids that nobody else has. */
public final class TestEvents {
    public static final String EMAIL = "ada.lovelace@mail.example";
    public static final String CALLERS_TEXT = "Written by a caller";
    public static final Instant TIME = Instant.parse("2026-05-04T03:02:01.123456Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    private TestEvents() {}

    /** One of every type there is, with all fields set. */
    public static List<EventEnvelope<?>> ofEveryType() {
        return EventTypes.all().stream().<EventEnvelope<?>>map(TestEvents::of).toList();
    }

    /** One with all fields set. */
    public static EventEnvelope<?> of(Class<? extends Event> type) {
        return envelope((Event) instance(type));
    }

    /** So many about one user, each of another address. */
    public static List<EventEnvelope<?>> confirmedOf(UserId user, int count) {
        return IntStream.range(0, count)
                .<EventEnvelope<?>>mapToObj(
                        _ ->
                                confirmed(
                                        EventContext.of("default", null, null)
                                                .withAddress(subject(), null)
                                                .withUser(user)))
                .toList();
    }

    /** A confirmation, about this and successful. */
    public static EventEnvelope<?> confirmed(EventContext context) {
        return envelope(new LinkConfirmed(context, Means.BUTTON, true));
    }

    public static EventEnvelope<?> envelope(Event event) {
        return new EventEnvelope<>(EventId.next(), "auth-api/test", TIME, event);
    }

    /** About somebody nobody else is about. */
    public static EventContext context() {
        return (EventContext) instance(EventContext.class);
    }

    public static Subject subject() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new Subject(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static Object instance(Class<?> record) {
        var components = record.getRecordComponents();
        var values = Arrays.stream(components).map(TestEvents::value).toArray();
        try {
            Constructor<?> canonical =
                    record.getDeclaredConstructor(
                            Arrays.stream(components)
                                    .map(RecordComponent::getType)
                                    .toArray(Class<?>[]::new));
            return canonical.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot make a " + record, e);
        }
    }

    private static Object value(RecordComponent component) {
        var type = component.getType();
        if (type == String.class) {
            return text(component.getName());
        }
        if (type == UUID.class) {
            return Generators.timeBasedEpochRandomGenerator().generate();
        }
        if (type == Subject.class) {
            return subject();
        }
        if (type == Outcome.class) {
            return Outcome.SUCCESS;
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isRecord()) {
            return instance(type);
        }
        return plainValue(type);
    }

    private static Object plainValue(Class<?> type) {
        if (type == Instant.class) {
            return TIME;
        }
        if (type == int.class || type == Integer.class) {
            return 3;
        }
        if (type == long.class || type == Long.class) {
            return 600L;
        }
        if (type == boolean.class || type == Boolean.class) {
            return true;
        }
        if (type == Set.class) {
            return Set.of("username");
        }
        throw new IllegalArgumentException("no sample of " + type);
    }

    private static String text(String name) {
        return switch (name) {
            case "tenant" -> "default";
            case "requestId" -> "req-1";
            case "email" -> EMAIL;
            case "emailMasked" -> "a***@mail.example";
            case "ip" -> "203.0.113.7";
            case "userAgent" -> "Mozilla/5.0";
            case "reason" -> "limit";
            case "kid" -> "k001";
            case "locale" -> "de";
            case "smtpReply" -> "250 2.0.0 queued";
            case "relay" -> "smtp.example:587";
            case "action" -> "audit.read";
            case "actor" -> "audit";
            default -> CALLERS_TEXT;
        };
    }
}

package io.latchkey.events.wire;

import io.latchkey.events.Event;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.MailEvent;
import io.latchkey.events.SecurityEvent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every event there is, by its CloudEvents {@code type}: {@code io.latchkey.<Name>.v1}. */
public final class EventTypes {
    private static final String PREFIX = "io.latchkey.";
    private static final String VERSION = ".v1";
    private static final Map<String, Class<? extends Event>> BY_TYPE = new TreeMap<>();

    static {
        Stream.of(
                        Stream.of(LinkRequested.class),
                        Arrays.stream(MailEvent.class.getPermittedSubclasses()),
                        Arrays.stream(SecurityEvent.class.getPermittedSubclasses()))
                .flatMap(events -> events)
                .map(event -> event.<Event>asSubclass(Event.class))
                .forEach(event -> BY_TYPE.put(typeOf(event), event));
    }

    private EventTypes() {}

    /** The CloudEvents type of an event. */
    public static String typeOf(Class<? extends Event> event) {
        return typeOf(event.getSimpleName());
    }

    /** The CloudEvents type of an event with this name, such as {@code LinkConfirmed}. */
    public static String typeOf(String name) {
        return PREFIX + name + VERSION;
    }

    /** The name in a CloudEvents type; the type itself where it is none of ours. */
    public static String nameOf(String type) {
        return BY_TYPE.containsKey(type)
                ? type.substring(PREFIX.length(), type.length() - VERSION.length())
                : type;
    }

    public static Optional<Class<? extends Event>> byType(String type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }

    public static Collection<Class<? extends Event>> all() {
        return BY_TYPE.values();
    }

    /** Where events of this kind are published. */
    public static Topics topicOf(Class<? extends Event> event) {
        if (MailEvent.class.isAssignableFrom(event)) {
            return Topics.MAIL_EVENTS;
        }
        return SecurityEvent.class.isAssignableFrom(event)
                ? Topics.SECURITY_EVENTS
                : Topics.LINK_REQUESTS;
    }
}

package io.latchkey.events.wire;

import io.latchkey.events.EventContext;
import io.latchkey.events.FailureClass;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A field that the JSON of a record must have, as the record's components say.
 *
 * @param pointer where it is, such as {@code /app/branding/color}
 * @param required itself, given that what holds it is there
 */
record EventField(String pointer, RecordComponent component, boolean required) {
    /** All fields of a record, and of the records within it: the context is flat. */
    static Stream<EventField> of(Class<?> type) {
        return of("", type);
    }

    private static Stream<EventField> of(String prefix, Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).flatMap(c -> of(prefix, c));
    }

    private static Stream<EventField> of(String prefix, RecordComponent component) {
        if (component.getType() == EventContext.class) {
            return of(prefix, component.getType());
        }
        var pointer = prefix + "/" + name(component);
        var field = new EventField(pointer, component, !isNullable(component));
        return field.isObject()
                ? Stream.concat(Stream.of(field), of(pointer, component.getType()))
                : Stream.of(field);
    }

    /** Ids and subjects are records as well, but texts in JSON. */
    boolean isObject() {
        return component.getType().isRecord()
                && component.getType().getRecordComponents().length > 1;
    }

    Class<?> type() {
        return component.getType();
    }

    private static String name(RecordComponent component) {
        return component.getType() == FailureClass.class
                ? "class"
                : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}

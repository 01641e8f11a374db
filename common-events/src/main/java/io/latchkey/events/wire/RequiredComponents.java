package io.latchkey.events.wire;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a decoded record lacks: a component that is null without being {@code @Nullable}. */
final class RequiredComponents {
    private RequiredComponents() {}

    /** The name of the first component that is missing, in the record or in a record within it. */
    static Optional<String> firstMissing(Record decoded) {
        return Arrays.stream(decoded.getClass().getRecordComponents())
                .map(component -> missing(component, decoded))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> missing(RecordComponent component, Record decoded) {
        var value = value(component, decoded);
        if (value instanceof Record nested) {
            return firstMissing(nested);
        }
        var optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return value == null && !optional ? Optional.of(component.getName()) : Optional.empty();
    }

    private static @Nullable Object value(RecordComponent component, Record decoded) {
        try {
            return component.getAccessor().invoke(decoded);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}

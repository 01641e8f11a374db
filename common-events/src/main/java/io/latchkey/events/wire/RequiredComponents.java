package io.latchkey.events.wire;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a decoded record lacks: a component that is null without being {@code @Nullable}. */
final class RequiredComponents {
    /** Reading annotations costs more than all the rest of decoding, so each type is read once. */
    private static final ClassValue<List<Component>> COMPONENTS =
            new ClassValue<>() {
                @Override
                protected List<Component> computeValue(Class<?> type) {
                    return Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
                }
            };

    private RequiredComponents() {}

    /** The name of the first component that is missing, in the record or in a record within it. */
    static Optional<String> firstMissing(Record decoded) {
        for (var component : COMPONENTS.get(decoded.getClass())) {
            var missing = component.missingIn(decoded);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    /**
     * @param optional whether it may be null
     */
    private record Component(String name, Method accessor, boolean optional) {
        static Component of(RecordComponent component) {
            return new Component(
                    component.getName(),
                    component.getAccessor(),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class));
        }

        Optional<String> missingIn(Record decoded) {
            var value = value(decoded);
            if (value instanceof Record nested) {
                return firstMissing(nested);
            }
            return value == null && !optional ? Optional.of(name) : Optional.empty();
        }

        private @Nullable Object value(Record decoded) {
            try {
                return accessor.invoke(decoded);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + name, e);
            }
        }
    }
}

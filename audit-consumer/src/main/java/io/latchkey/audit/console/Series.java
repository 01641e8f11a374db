package io.latchkey.audit.console;

import java.util.Set;

/**
 * What one colour of a chart counts.
 *
 * @param label as people read it
 * @param look names its colour: {@code good}, {@code calm}, {@code warn}, {@code bad}, {@code odd}
 * @param types names of the events
 * @param outcome theirs; any where it is empty
 */
record Series(String label, String look, Set<String> types, String outcome) {
    static Series ofTypes(String label, String look, String... types) {
        return new Series(label, look, Set.of(types), "");
    }

    boolean counts(EventCount count) {
        return types.contains(count.type())
                && (outcome.isEmpty() || outcome.equals(count.outcome()));
    }
}

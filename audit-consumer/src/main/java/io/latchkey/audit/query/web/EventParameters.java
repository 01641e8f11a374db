package io.latchkey.audit.query.web;

import io.latchkey.audit.problem.FieldError;
import io.latchkey.audit.problem.Problem;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * Reads query parameters strictly and gathers everything that is wrong with them, so that a caller
 * learns it all at once. No message repeats a value.
 */
final class EventParameters {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final MultiValueMap<String, String> given;
    private final List<FieldError> errors = new ArrayList<>();

    /**
     * @param known every other parameter is an error, as a misspelt filter would find too much
     */
    EventParameters(MultiValueMap<String, String> given, Set<String> known) {
        this.given = given;
        given.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> errors.add(new FieldError(named(name), "unknown parameter")));
    }

    private static @Nullable String named(String name) {
        return PLAIN.matcher(name).matches() ? name : null;
    }

    /**
     * The parameter's value, or null where it is not given or wrong.
     *
     * @param read throws {@link IllegalArgumentException} or gives null for a wrong value
     * @param expected what a right value looks like
     */
    <T> @Nullable T get(String name, Function<String, @Nullable T> read, String expected) {
        var values = given.get(name);
        if (values == null) {
            return null;
        }
        if (values.size() != 1) {
            errors.add(new FieldError(name, "expected: once"));
            return null;
        }
        var value = parse(values.getFirst(), read);
        if (value.isEmpty()) {
            errors.add(new FieldError(name, "expected: " + expected));
        }
        return value.orElse(null);
    }

    private static <T> Optional<T> parse(
            @Nullable String text, Function<String, @Nullable T> read) {
        try {
            return text == null ? Optional.empty() : Optional.ofNullable(read.apply(text));
        } catch (IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }

    /**
     * To be called when all parameters were read.
     *
     * @throws Problem with all that was wrong
     */
    void check() {
        if (!errors.isEmpty()) {
            throw Problem.invalidRequest(errors);
        }
    }
}

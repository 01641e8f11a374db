package io.latchkey.audit.problem;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
public final class QueryParameters {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private static final int LAST_YEAR = 9999;

    private final MultiValueMap<String, String> given;
    private final List<FieldError> errors = new ArrayList<>();

    /**
     * @param known every other parameter is an error, as a misspelt filter would find too much
     */
    public QueryParameters(MultiValueMap<String, String> given, Set<String> known) {
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
    public <T> @Nullable T get(String name, Function<String, @Nullable T> read, String expected) {
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

    /** Notes that a parameter is needed that is not given. */
    public void missing(String name, String expected) {
        errors.add(new FieldError(name, "missing (expected: " + expected + ")"));
    }

    /** Notes what is wrong with one of them beside the others. */
    public void wrong(String name, String expected) {
        errors.add(new FieldError(name, "expected: " + expected));
    }

    /** A time as in RFC 3339, or null where it is not given or wrong. */
    public @Nullable Instant time(String name) {
        return get(name, QueryParameters::instant, "an RFC 3339 time");
    }

    /** Years that the database has, too. */
    private static @Nullable Instant instant(String text) {
        var time = OffsetDateTime.parse(text);
        var year = time.atZoneSameInstant(ZoneOffset.UTC).getYear();
        return year >= 1 && year <= LAST_YEAR ? time.toInstant() : null;
    }

    /**
     * To be called when all parameters were read.
     *
     * @throws Problem with all that was wrong
     */
    public void check() {
        if (!errors.isEmpty()) {
            throw Problem.invalidRequest(errors);
        }
    }
}

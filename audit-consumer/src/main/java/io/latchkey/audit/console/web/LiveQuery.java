package io.latchkey.audit.console.web;

import io.latchkey.audit.console.ChartRange;
import io.latchkey.audit.problem.FieldError;
import io.latchkey.audit.problem.Problem;
import io.latchkey.audit.problem.QueryParameters;
import io.latchkey.audit.query.AuditFilter;
import io.latchkey.audit.query.Cursor;
import io.latchkey.audit.query.FilterParameters;
import io.latchkey.audit.query.Order;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriUtils;

/**
 * What the first page was asked for, as text and as what it means.
 *
 * @param given what the form's fields have
 * @param errors what is wrong; nothing is looked for then
 * @param after where the page before ended; absent on the first, which is live
 */
record LiveQuery(
        Map<String, String> given,
        AuditFilter filter,
        ChartRange range,
        @Nullable Cursor after,
        List<FieldError> errors) {
    private static final String RANGE = "range";
    private static final String CURSOR = "cursor";
    private static final Set<String> KNOWN =
            Stream.concat(FilterParameters.NAMES.stream(), Stream.of(RANGE, CURSOR))
                    .collect(Collectors.toUnmodifiableSet());

    LiveQuery {
        given = Map.copyOf(given);
        errors = List.copyOf(errors);
    }

    /** Fields left empty are not given. */
    static LiveQuery read(FilterParameters filters, MultiValueMap<String, String> sent) {
        var filled = filled(sent);
        var parameters = new QueryParameters(filled, KNOWN);
        var filter = filters.read(parameters, null);
        var range =
                parameters.get(
                        RANGE, code -> ChartRange.of(code).orElse(null), "1h, 24h, 7d or 30d");
        var after =
                parameters.get(
                        CURSOR,
                        text ->
                                Cursor.parse(text)
                                        .filter(each -> each.order() == Order.NEWEST_FIRST)
                                        .orElse(null),
                        "where a page ended");
        return new LiveQuery(
                filled.toSingleValueMap(),
                filter,
                Objects.requireNonNullElse(range, ChartRange.HOUR),
                after,
                errors(parameters));
    }

    private static MultiValueMap<String, String> filled(MultiValueMap<String, String> sent) {
        var filled = new LinkedMultiValueMap<String, String>();
        sent.forEach(
                (name, values) ->
                        values.stream()
                                .filter(value -> value != null && !value.isBlank())
                                .forEach(value -> filled.add(name, value.strip())));
        return filled;
    }

    private static List<FieldError> errors(QueryParameters parameters) {
        try {
            parameters.check();
            return List.of();
        } catch (Problem problem) {
            return problem.errors();
        }
    }

    /** The filter alone, for a URL: the address as its subject, so that nobody reads it there. */
    public String filterQuery() {
        var query = new LinkedHashMap<String, @Nullable String>();
        FilterParameters.NAMES.stream().sorted().forEach(name -> query.put(name, given.get(name)));
        query.remove("email");
        query.put("subject", Objects.toString(filter.subject(), null));
        return query(query);
    }

    /** The whole of it, for a URL. */
    public String query() {
        return joined(filterQuery(), RANGE + "=" + range.code());
    }

    /** The same over another time. */
    public String query(ChartRange other) {
        return joined(filterQuery(), RANGE + "=" + other.code());
    }

    /** The page after that one. */
    public String query(Cursor next) {
        return joined(query(), CURSOR + "=" + next);
    }

    private static String query(Map<String, @Nullable String> values) {
        return values.entrySet().stream()
                .filter(each -> each.getValue() != null)
                .map(
                        each ->
                                each.getKey()
                                        + "="
                                        + UriUtils.encode(
                                                String.valueOf(each.getValue()),
                                                StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String joined(String first, String second) {
        return first.isEmpty() ? second : first + "&" + second;
    }
}

package io.latchkey.auth.oauth.web;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** Parameters that were posted, as a query. */
final class Query {
    private static final int LONGEST = 8192;

    private Query() {}

    /**
     * @throws Problem where no browser could be expected to carry it
     */
    static String of(MultiValueMap<String, String> parameters) {
        var query =
                parameters.entrySet().stream()
                        .flatMap(e -> e.getValue().stream().map(v -> encode(e.getKey(), v)))
                        .collect(Collectors.joining("&"));
        if (query.length() > LONGEST) {
            throw Problem.of(
                    ProblemCode.INVALID_REQUEST, "The app that sent you here sent too much.");
        }
        return query;
    }

    private static String encode(String name, @Nullable String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                + "="
                + URLEncoder.encode(Objects.requireNonNullElse(value, ""), StandardCharsets.UTF_8);
    }
}

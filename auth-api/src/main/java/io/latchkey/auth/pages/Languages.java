package io.latchkey.auth.pages;

import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * The reader's language: the first of {@code ui_locales} that we speak, else the best of {@code
 * Accept-Language}, else English.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest">OpenID Connect
 *     Core §3.1.2.1</a>
 */
public final class Languages {
    static final String PARAMETER = "ui_locales";

    /** The first is for those who read none of them. */
    public static final List<Locale> SPOKEN =
            List.of(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH, Locale.of("es"), Locale.JAPANESE);

    /** Longer wishes are nobody's, and would only cost us time. */
    private static final int LONGEST = 200;

    private Languages() {}

    public static Locale of(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        var asked = request.getQueryParams().getFirst(PARAMETER);
        return spoken(asked == null ? null : asked.strip().replaceAll("\\s+", ","))
                .or(() -> spoken(request.getHeaders().getFirst(HttpHeaders.ACCEPT_LANGUAGE)))
                .orElse(SPOKEN.getFirst());
    }

    private static Optional<Locale> spoken(@Nullable String ranges) {
        if (ranges == null || ranges.isBlank() || ranges.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Locale.lookup(LanguageRange.parse(ranges), SPOKEN));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@code rtl} where the language is written from right to left. */
    static String direction(Locale language) {
        return switch (language.getLanguage()) {
            case "ar", "fa", "he", "iw", "ur" -> "rtl";
            default -> "ltr";
        };
    }
}

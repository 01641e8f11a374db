package io.latchkey.rendering;

import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages that our own words are in: those of the hosted pages. */
public final class MailLanguages {
    /** English first: for whom we do not speak the language of. A bundle each. */
    public static final List<Locale> SPOKEN =
            List.of(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH, Locale.of("es"), Locale.JAPANESE);

    private MailLanguages() {}

    /**
     * @param tag BCP 47, such as {@code de-AT}; English for what is none
     */
    static Locale nearest(@Nullable String tag) {
        if (tag == null) {
            return SPOKEN.getFirst();
        }
        try {
            var wished = new Locale.Builder().setLanguageTag(tag).build().getLanguage();
            return SPOKEN.stream()
                    .filter(locale -> locale.getLanguage().equals(wished))
                    .findFirst()
                    .orElse(SPOKEN.getFirst());
        } catch (IllformedLocaleException e) {
            return SPOKEN.getFirst();
        }
    }
}

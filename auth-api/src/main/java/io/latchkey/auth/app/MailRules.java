package io.latchkey.auth.app;

import io.latchkey.auth.problem.FieldError;
import io.latchkey.events.MailOverrides;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What words of a mail, and its language, may be. */
public final class MailRules {
    private static final int MAX_LINE = 200;
    private static final int MAX_TEXT = 2000;
    private static final int MAX_LOCALE = 35;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");
    private static final Pattern CONTROL_BUT_BREAKS = Pattern.compile("[\\p{Cc}&&[^\\r\\n\\t]]");

    private MailRules() {}

    /**
     * What is wrong with them; empty if nothing is.
     *
     * @param pointer to the words
     */
    public static List<FieldError> errors(String pointer, MailOverrides words) {
        var errors = new ArrayList<FieldError>();
        line(pointer + "/subject", words.subject(), errors);
        line(pointer + "/headline", words.headline(), errors);
        text(pointer + "/body", words.body(), errors);
        line(pointer + "/button", words.button(), errors);
        text(pointer + "/footer", words.footer(), errors);
        return errors;
    }

    private static void line(String pointer, @Nullable String text, List<FieldError> errors) {
        if (text != null && (text.length() > MAX_LINE || CONTROL.matcher(text).find())) {
            errors.add(
                    new FieldError(
                            pointer, "expected: one line of at most " + MAX_LINE + " characters"));
        }
    }

    private static void text(String pointer, @Nullable String text, List<FieldError> errors) {
        if (text != null && (text.length() > MAX_TEXT || CONTROL_BUT_BREAKS.matcher(text).find())) {
            errors.add(
                    new FieldError(
                            pointer,
                            "expected: at most "
                                    + MAX_TEXT
                                    + " characters, no control characters"));
        }
    }

    /** In its usual spelling; empty where it is no tag of BCP 47 of at most 35 characters. */
    public static Optional<String> locale(String tag) {
        try {
            return tag.isEmpty() || tag.length() > MAX_LOCALE
                    ? Optional.empty()
                    : Optional.of(new Locale.Builder().setLanguageTag(tag).build().toLanguageTag());
        } catch (IllformedLocaleException e) {
            return Optional.empty();
        }
    }

    /** What {@link #locale} wants. */
    public static final String LOCALE_FORM = "a BCP 47 language tag of at most 35 characters";
}

package io.latchkey.auth.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The words of our pages, in every language. */
class MessagesTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)");
    private static final Pattern LONE_QUOTE = Pattern.compile("(?<!')'(?!')");

    static Stream<Locale> languages() {
        return Languages.SPOKEN.stream();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyLanguageSaysTheSame(Locale language) throws IOException {
        var english = words(Locale.ENGLISH);
        var words = words(language);

        assertThat(words.stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
        for (var key : english.stringPropertyNames()) {
            assertThat(placeholders(words.getProperty(key)))
                    .as(key)
                    .isEqualTo(placeholders(english.getProperty(key)));
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyMessageCanBeFormatted(Locale language) throws IOException {
        var words = words(language);

        for (var key : words.stringPropertyNames()) {
            var message = words.getProperty(key);
            assertThat(LONE_QUOTE.matcher(message).find()).as(key).isFalse();
            assertThat(message).as(key).isNotBlank();
            for (int n = 0; n < 3; n++) {
                assertThat(new MessageFormat(message, language).format(new Object[] {n, n}))
                        .as(key)
                        .doesNotContain("{", "}");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void everyProblemHasATitleAndSaysWhatToDo(ProblemCode code) throws IOException {
        var kind = "problem." + ProblemPages.kind(code);

        assertThat(words(Locale.ENGLISH).stringPropertyNames())
                .contains(kind + ".title", kind + ".text");
    }

    private static Set<String> placeholders(String message) {
        var found = new TreeSet<String>();
        PLACEHOLDER.matcher(message).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    private static Properties words(Locale language) throws IOException {
        var suffix = language.equals(Locale.ENGLISH) ? "" : "_" + language;
        var name = "/pages/messages" + suffix + ".properties";
        var words = new OnlyOnce();
        try (var stream = MessagesTest.class.getResourceAsStream(name)) {
            assertThat(stream).as(name).isNotNull();
            words.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
        return words;
    }

    /** A key written twice would silently hide the first. */
    private static final class OnlyOnce extends Properties {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Object put(Object key, Object value) {
            assertThat(containsKey(key)).as(Arrays.toString(new Object[] {key})).isFalse();
            return super.put(key, value);
        }
    }
}

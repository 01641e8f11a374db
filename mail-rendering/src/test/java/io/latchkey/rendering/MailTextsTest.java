package io.latchkey.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailTextsTest {
    @Test
    void everyLanguageHasEveryText() {
        var english = ResourceBundle.getBundle("mail.messages", Locale.ROOT);

        for (var locale : MailLanguages.SPOKEN) {
            var bundle = ResourceBundle.getBundle("mail.messages", locale);
            if (!locale.equals(Locale.ENGLISH)) {
                assertThat(bundle.getLocale()).isEqualTo(locale);
                for (var key : english.keySet()) {
                    if (!hasWords(english.getString(key))) {
                        continue;
                    }
                    assertThat(bundle.getString(key))
                            .as(key + " in " + locale)
                            .isNotEqualTo(english.getString(key));
                }
            }
        }
    }

    private static boolean hasWords(String text) {
        return text.replaceAll("\\{.*?}", "").codePoints().anyMatch(Character::isLetter);
    }

    @ParameterizedTest
    @CsvSource({
        "60, within one minute",
        "90, within one minute",
        "600, within 10 minutes",
        "3600, within one hour",
        "86400, within 24 hours",
    })
    void theLifeIsInWholeMinutesOrHours(long seconds, String words) {
        assertThat(MailTexts.in("en").life(seconds)).contains(words);
    }
}

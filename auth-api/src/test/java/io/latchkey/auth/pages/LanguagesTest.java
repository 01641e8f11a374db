package io.latchkey.auth.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

class LanguagesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-            | -                       | en",
                "-            | de-CH,de;q=0.9,en;q=0.8 | de",
                "-            | nl,fr;q=0.5             | fr",
                "-            | en;q=0.5,ja;q=0.9       | ja",
                "-            | nl                      | en",
                "-            | *                       | en",
                "-            | ;;;                     | en",
                "es           | de                      | es",
                "nl fr-CA     | de                      | fr",
                "nl           | de                      | de",
                "../../etc    | de                      | de",
                "x'y;<z>      | -                       | en"
            })
    void itIsTheFirstAskedForThatWeSpeak(
            @Nullable String asked, @Nullable String header, String expected) {
        assertThat(language(asked, header)).isEqualTo(Locale.of(expected));
    }

    @Test
    void whoeverAsksForThousandsGetsEnglish() {
        assertThat(language("xx ".repeat(5000) + "de", null)).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void arabicAndHebrewRunFromRightToLeft() {
        assertThat(Languages.direction(Locale.of("ar"))).isEqualTo("rtl");
        assertThat(Languages.direction(Locale.of("he"))).isEqualTo("rtl");
        assertThat(Languages.SPOKEN).extracting(Languages::direction).containsOnly("ltr");
    }

    private static Locale language(@Nullable String asked, @Nullable String header) {
        var request = MockServerHttpRequest.get("/sign-in");
        if (asked != null) {
            request.queryParam("ui_locales", asked);
        }
        if (header != null) {
            request.header("Accept-Language", header);
        }
        return Languages.of(MockServerWebExchange.from(request.build()));
    }
}

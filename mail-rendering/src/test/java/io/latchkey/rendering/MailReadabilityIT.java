package io.latchkey.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.latchkey.events.MailBranding;
import io.latchkey.events.MailOverrides;
import io.latchkey.testing.Axe;
import io.latchkey.testing.Chromium;
import io.latchkey.testing.TestOrders;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Everybody can read the mail: by day and by night, on the smallest phone, by ear. */
@EnabledIf("io.latchkey.testing.Chromium#isToBeHad")
class MailReadabilityIT {
    private static final int SMALLEST = 320;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    static Stream<Locale> languages() {
        return MailLanguages.SPOKEN.stream();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void axeFindsNothing(Locale language) {
        var mail =
                MailReader.mail(
                        TestOrders.order()
                                .locale(language.toLanguageTag())
                                .mail(new MailOverrides(null, null, null, null, "A footer.")));

        assertThat(violations(ColorScheme.LIGHT, mail)).isEmpty();
        assertThat(violations(ColorScheme.DARK, mail)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"#ffffff", "#000000", "#1a1f29", "#ffe600", "#808080", "#ff0000", "#00ff00"})
    void noColourOfAnAppMakesTheMailUnreadable(String color) {
        var looks = new MailBranding(null, color, null, null);
        var mail = MailReader.mail(TestOrders.order().app("Acme", looks));

        assertThat(violations(ColorScheme.LIGHT, mail)).isEmpty();
        assertThat(violations(ColorScheme.DARK, mail)).isEmpty();
    }

    /** Landmarks are for pages: a mail stands within one. */
    private static List<?> violations(ColorScheme scheme, Mail mail) {
        try (var reader = new MailReader(chromium, scheme, 600)) {
            reader.openHtml(mail);
            return Axe.violations(reader.page(), "region", "landmark-one-main");
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void nothingIsWiderThanTheSmallestPhone(Locale language) {
        try (var reader = new MailReader(chromium, ColorScheme.LIGHT, SMALLEST)) {
            reader.openHtml(
                    MailReader.mail(
                            TestOrders.order()
                                    .locale(language.toLanguageTag())
                                    .ip("2001:db8:1234:5678:9abc:def0:1234:5678")));

            assertThat(reader.page().evaluate("document.documentElement.scrollWidth"))
                    .isEqualTo(SMALLEST);
        }
    }

    @Test
    void norDoesAWordOfTheCallerMakeItSo() {
        var word = "Donaudampfschifffahrtsgesellschaftskapitänswitwe";
        try (var reader = new MailReader(chromium, ColorScheme.LIGHT, SMALLEST)) {
            reader.openHtml(
                    MailReader.mail(
                            TestOrders.order()
                                    .app(word, MailBranding.NONE)
                                    .mail(new MailOverrides(word, word, word, word, word))));

            assertThat(reader.page().evaluate("document.documentElement.scrollWidth"))
                    .isEqualTo(SMALLEST);
        }
    }

    @Test
    void onlyTheLogoOfAnAppIsAskedOfOthers() {
        var logo = "https://cdn.example/logo.png";
        try (var reader = new MailReader(chromium, ColorScheme.LIGHT, 600)) {
            reader.page().route("**/*", route -> route.abort());
            reader.openHtml(MailReader.mail(TestOrders.order()));
            assertThat(reader.asked()).isEmpty();

            var looks = new MailBranding(logo, null, null, null);
            reader.openHtml(MailReader.mail(TestOrders.order().app("Acme", looks)));
            assertThat(reader.asked()).containsExactly(logo);
        }
    }

    @Test
    void oneTapSelectsTheWholeCodeAndNothingElse() {
        try (var reader = new MailReader(chromium, ColorScheme.LIGHT, 600)) {
            var mail = MailReader.mail(TestOrders.order());
            reader.openHtml(mail);

            reader.page().getByText(mail.code()).click();

            assertThat(reader.page().evaluate("getSelection().toString()")).isEqualTo(mail.code());
        }
    }
}

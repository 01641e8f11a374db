package io.latchkey.auth.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrandStyleTest {
    private static final int STEP = 0x33;
    private static final Pattern HEX = Pattern.compile("#([0-9a-f]{6})");

    @Test
    void textIsReadableInAndOnEveryColor() {
        for (int red = 0; red <= 0xFF; red += STEP) {
            for (int green = 0; green <= 0xFF; green += STEP) {
                for (int blue = 0; blue <= 0xFF; blue += STEP) {
                    assertReadable(red << 16 | green << 8 | blue);
                }
            }
        }
    }

    private static void assertReadable(int color) {
        var css = BrandStyle.css("%06x".formatted(color));
        var colors =
                HEX.matcher(css)
                        .results()
                        .mapToInt(match -> Integer.parseInt(match.group(1), 16))
                        .toArray();
        assertThat(colors).as(css).hasSize(4);
        assertThat(colors[0]).isEqualTo(color);
        assertThat(BrandStyle.contrast(colors[1], color))
                .as(css)
                .isGreaterThanOrEqualTo(BrandStyle.READABLE);
        assertThat(BrandStyle.contrast(colors[2], BrandStyle.LIGHT_GROUND))
                .as(css)
                .isGreaterThanOrEqualTo(BrandStyle.READABLE);
        assertThat(BrandStyle.contrast(colors[3], BrandStyle.DARK_GROUND))
                .as(css)
                .isGreaterThanOrEqualTo(BrandStyle.READABLE);
    }

    @ParameterizedTest
    @CsvSource({"000000, ffffff, 21", "ffffff, ffffff, 1", "777777, ffffff, 4.48"})
    void contrastIsThatOfTheGuidelines(String one, String other, double expected) {
        assertThat(BrandStyle.contrast(Integer.parseInt(one, 16), Integer.parseInt(other, 16)))
                .isCloseTo(expected, org.assertj.core.data.Offset.offset(0.01));
    }

    @Test
    void theStyleSheetsOwnGroundsAreNoLessFavourable() throws IOException {
        try (var sheet = BrandStyleTest.class.getResourceAsStream("/static/css/latchkey.css")) {
            assertThat(sheet).isNotNull();
            var css = new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
            var grounds =
                    Pattern.compile("--(?:ground|card|field): #([0-9a-f]{3,6});").matcher(css);
            var found =
                    grounds.results()
                            .map(match -> match.group(1))
                            .map(c -> c.length() == 3 ? c.replaceAll("[0-9a-f]", "$0$0") : c)
                            .mapToInt(c -> Integer.parseInt(c, 16))
                            .toArray();
            assertThat(found).hasSize(6);
            for (int ground : found) {
                var dark = BrandStyle.contrast(ground, BrandStyle.BLACK) < BrandStyle.READABLE;
                var given = dark ? BrandStyle.DARK_GROUND : BrandStyle.LIGHT_GROUND;
                var against = dark ? BrandStyle.WHITE : BrandStyle.BLACK;
                assertThat(BrandStyle.contrast(ground, against))
                        .isGreaterThanOrEqualTo(BrandStyle.contrast(given, against));
            }
        }
    }

    @Test
    void anAppIsShownByTheFirstLettersOfItsName() {
        assertThat(Brand.of("Test <App>", null).initials()).isEqualTo("TA");
        assertThat(Brand.of("acme", null).initials()).isEqualTo("A");
        assertThat(Brand.of("*", null).initials()).isEmpty();
        assertThat(Brand.of("東京 ストア", null).initials()).isEqualTo("東ス");
        assertThat(Brand.of("one two three", null).initials()).isEqualTo("OT");
    }

    @Test
    void whatIsNoColorIsNotPutIntoAPage() {
        assertThat(Brand.of("A", "#AABB01").color()).hasValue("aabb01");
        assertThat(Brand.of("A", "red").color()).isEmpty();
        assertThat(Brand.of("A", "#aabb01/../..").color()).isEmpty();
    }
}

package io.latchkey.audit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a***@mail.example",
                "***@mail.example",
                "😀***@mail.example",
                "250 2.0.0 Ok: queued as 4Q1",
                "Mozilla/5.0 (X11; Linux) 😀",
                "line\nbreak"
            })
    void plainTextStaysAsItIs(String text) {
        assertThat(StorableText.of(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "ada@mail.example, ***@mail.example",
        "<ada+tag@mail.example>, <***@mail.example>",
        "to ada@a.example and bob@b.example, to ***@a.example and ***@b.example",
        "mailto:ada@a.example, mailto:***@a.example",
        "to=ada@a.example, to=***@a.example",
        "ada***@a.example, ***@a.example",
        "jürgen@a.example, ***@a.example",
        "a@@b.example, ***@@b.example"
    })
    void addressIsMasked(String text, String stored) {
        assertThat(StorableText.of(text)).isEqualTo(stored);
    }

    @Test
    void whatTheDatabaseRefusesIsReplaced() {
        assertThat(StorableText.of("a\0b\ud800c\udc00")).isEqualTo("a\ufffdb\ufffdc\ufffd");
    }

    @Test
    void longTextIsCutAfterItIsMasked() {
        var cutWithinTheLocalPart = "x".repeat(505) + " ada.lovelace@mail.example";

        var stored = StorableText.of(cutWithinTheLocalPart);

        assertThat(stored).hasSize(StorableText.MAX).doesNotContain("ada");
        assertThat(StorableText.of("x".repeat(511) + "😀")).hasSize(512).endsWith("\ufffd");
    }

    @Test
    void maskingTakesNoLongerForHostileText() {
        var hostile = "a".repeat(500_000) + " " + "a ".repeat(250_000) + "@".repeat(1000);

        assertThat(StorableText.of(hostile)).hasSize(StorableText.MAX);
    }
}

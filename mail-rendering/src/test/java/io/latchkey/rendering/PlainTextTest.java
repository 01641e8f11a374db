package io.latchkey.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    @ParameterizedTest
    @ValueSource(
            chars = {
                0x7f, 0x61c, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202e, 0x2060, 0x2067, 0xfeff
            })
    void whatNobodySeesIsTakenOut(char unseen) {
        assertThat(PlainText.line("Ac" + unseen + "me")).isEqualTo("Acme");
        assertThat(PlainText.lines("Ac" + unseen + "me")).containsExactly("Acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"👩‍🚀 Acme", "👩🏽‍🚀", "🏳️‍🌈"})
    void emojisStayWhole(String text) {
        assertThat(PlainText.line(text)).isEqualTo(text);
    }
}

package io.latchkey.mail.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTextTest {
    @ParameterizedTest
    @CsvSource({
        "250 2.0.0 Ok: queued as 4XyZ, 250 2.0.0 Ok: queued as 4XyZ",
        "550 <ada@example.com> unknown, 550 <address> unknown",
        "550 Recipient ada@example.com unknown, 550 Recipient <address> unknown",
        "554 spam: http://h/l/abc?x=1 seen, 554 spam: <link> seen",
        "554 code 123456 looks bad, 554 code <code> looks bad",
    })
    void addressesLinksAndCodesAreLeftOut(String reply, String shown) {
        assertThat(ReplyText.of(reply, "123456")).isEqualTo(shown);
    }

    @Test
    void aBareTokenIsLeftOut() {
        assertThat(ReplyText.of("554 " + "aB3_".repeat(18), "123456")).isEqualTo("554 <…>");
    }

    @Test
    void severalLinesBecomeOne() {
        assertThat(ReplyText.of("550-a\r\n550 b\0c", "123456")).isEqualTo("550-a 550 b c");
    }

    @Test
    void itIsNeverLong() {
        assertThat(ReplyText.of("550 " + "word ".repeat(500), "123456")).hasSize(200);
    }

    @Test
    void silenceStaysSilence() {
        assertThat(ReplyText.of(" \r\n", "123456")).isNull();
    }
}

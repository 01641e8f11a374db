package io.latchkey.events.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.LinkId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailCodeTest {
    private static final LinkId LINK = LinkId.parse(Vectors.of("link_id"));
    private static final String CODE = Vectors.of("k001", "email_code");
    private final MailKeyRing ring = TestRings.both().mail();

    @Test
    void matchesItsLinkAndKidAlone() {
        assertThat(EmailCode.matches(CODE, LINK, "k001", ring)).isTrue();
        assertThat(EmailCode.matches(CODE, LinkId.next(), "k001", ring)).isFalse();
        assertThat(EmailCode.matches(CODE, LINK, "k002", ring)).isFalse();
        assertThat(EmailCode.matches(CODE, LINK, "k001", TestRings.secondOnly().mail())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "000000",
                "67648",
                "6764820",
                "0676482",
                " 676482",
                "676482 ",
                "67648२",
                "６７６４８２",
                "676-482",
                "676482\u0000"
            })
    void anythingElseIsWrong(String typed) {
        assertThat(EmailCode.matches(typed, LINK, "k001", ring)).isFalse();
    }
}

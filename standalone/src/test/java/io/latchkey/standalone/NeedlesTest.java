package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The search for secrets must be able to find one. */
class NeedlesTest {
    private static final byte[] BYTES =
            "0123456789abcdef-the-keyed-hash-of-32-bytes!!!!!".getBytes(StandardCharsets.US_ASCII);
    private static final String TOKEN =
            Base64.getUrlEncoder().withoutPadding().encodeToString(BYTES);
    private final Needles needles = new Needles().add("token", TOKEN).addCode("code", "123456");

    @Test
    void findASecretInEverySpelling() {
        var mac = "-the-keyed-hash-of-32-bytes!!!!!";
        var hex = HexFormat.of().formatHex(mac.getBytes(StandardCharsets.US_ASCII));

        assertThat(needles.foundIn("GET /l/" + TOKEN)).containsExactly("token");
        assertThat(needles.foundIn("(1,\"\\\\x00" + hex + "\")")).containsExactly("token");
        assertThat(needles.foundIn("a" + mac)).containsExactly("token");
        assertThat(needles.foundIn("{\"code\":\"123456\"}")).containsExactly("code");
        assertThat(needles.foundIn("(7,123456,x)")).containsExactly("code");
    }

    @Test
    void passOverWhatOnlyLooksAlike() {
        assertThat(needles.foundIn("12:30:00.123456Z " + TOKEN.substring(1, 20))).isEmpty();
    }
}

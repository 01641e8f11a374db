package io.latchkey.events.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDigestTest {
    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private final KeyRing ring = TestRings.both();
    private final String digest = RequestDigest.of(BODY, ring);

    @Test
    void recognisesTheBodyAcrossARotation() {
        assertThat(RequestDigest.of(BODY, ring)).isEqualTo(digest);
        assertThat(RequestDigest.matches(digest, BODY, TestRings.secondInFront())).isTrue();
        assertThat(RequestDigest.matches(digest, BODY, TestRings.secondOnly())).isFalse();
    }

    @Test
    void tellsAnyOtherBodyApart() {
        assertThat(RequestDigest.matches(digest, new byte[0], ring)).isFalse();
        assertThat(
                        RequestDigest.matches(
                                digest, "{\"a\":1} ".getBytes(StandardCharsets.UTF_8), ring))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "k001", "k001.", "k003.x", ".x"})
    void nothingMatchesWhatIsNoDigest(String text) {
        assertThat(RequestDigest.matches(text, BODY, ring)).isFalse();
    }

    @Test
    void nothingMayFollowADigest() {
        assertThat(RequestDigest.matches(digest + "=", BODY, ring)).isFalse();
        assertThat(RequestDigest.matches("k002" + digest.substring(4), BODY, ring)).isFalse();
    }
}

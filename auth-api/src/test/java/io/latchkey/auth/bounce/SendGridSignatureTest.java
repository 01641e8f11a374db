package io.latchkey.auth.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Held against what SendGrid's own libraries are tested with.
 *
 * @see <a
 *     href="https://github.com/sendgrid/sendgrid-nodejs/blob/main/packages/eventwebhook/src/eventwebhook.spec.js">eventwebhook.spec.js</a>
 */
class SendGridSignatureTest {
    private static final String KEY =
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA==";
    private static final String SIGNATURE =
            "MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0=";
    private static final String TIMESTAMP = "1588788367";
    private static final Instant SENT_AT = Instant.ofEpochSecond(1_588_788_367);
    private static final byte[] BODY =
            "{\"category\":\"example_payload\",\"event\":\"test_event\",\"message_id\":\"message_id\"}"
                    .getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(longs = {-600, 0, 600})
    void whatItHasSignedJustNowIsGenuine(long seconds) {
        assertThat(at(SENT_AT.plusSeconds(seconds)).isGenuine(SIGNATURE, TIMESTAMP, BODY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-601, 601})
    void aReplayIsForged(long seconds) {
        assertThat(at(SENT_AT.plusSeconds(seconds)).isGenuine(SIGNATURE, TIMESTAMP, BODY))
                .isFalse();
    }

    @Test
    void itCoversBodyAndTimestamp() {
        var signature = at(SENT_AT);
        var other = BODY.clone();
        other[0]++;

        assertThat(signature.isGenuine(SIGNATURE, TIMESTAMP, other)).isFalse();
        assertThat(signature.isGenuine(SIGNATURE, TIMESTAMP, new byte[0])).isFalse();
        assertThat(signature.isGenuine(SIGNATURE, "1588788368", BODY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA", "MEUCIQCt", "=", "MAYCAQACAQA="})
    void whatIsNoSignatureIsForged(String text) {
        assertThat(at(SENT_AT).isGenuine(text, TIMESTAMP, BODY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "-1", "1e9", "999999999999999999999"})
    void whatIsNoTimeIsForged(String text) {
        assertThat(at(SENT_AT).isGenuine(SIGNATURE, text, BODY)).isFalse();
    }

    @Test
    void anotherKeyKnowsItNot() {
        var other = new TestSendGrid();

        assertThat(
                        new SendGridSignature(other.publicKey(), InstantSource.fixed(SENT_AT))
                                .isGenuine(SIGNATURE, TIMESTAMP, BODY))
                .isFalse();
        assertThat(
                        at(SENT_AT.plus(Duration.ofMinutes(1)))
                                .isGenuine(other.sign(TIMESTAMP, BODY), TIMESTAMP, BODY))
                .isFalse();
    }

    private static SendGridSignature at(Instant now) {
        var key = new BounceProperties.SendGrid(KEY).key().orElseThrow();
        return new SendGridSignature(key, InstantSource.fixed(now));
    }
}

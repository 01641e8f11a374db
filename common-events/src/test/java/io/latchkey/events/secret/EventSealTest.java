package io.latchkey.events.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSealTest {
    private static final String ID = "evt_01h455vb4pex5vsknk084sn02q";
    private static final String TYPE = "io.latchkey.MailSent.v1";
    private static final byte[] DATA = "{\"attempt\":1}".getBytes(StandardCharsets.UTF_8);
    private final MailKeyRing ring = TestRings.both().mail();
    private final String seal = EventSeal.of(ID, TYPE, DATA, ring);

    @Test
    void isGenuineForThisVeryEvent() {
        assertThat(EventSeal.isGenuine(seal, ID, TYPE, DATA, ring)).isTrue();
    }

    @Test
    void coversIdTypeAndData() {
        var otherData = "{\"attempt\":2}".getBytes(StandardCharsets.UTF_8);

        assertThat(EventSeal.isGenuine(seal, ID + "x", TYPE, DATA, ring)).isFalse();
        assertThat(EventSeal.isGenuine(seal, ID, "io.latchkey.MailAbandoned.v1", DATA, ring))
                .isFalse();
        assertThat(EventSeal.isGenuine(seal, ID, TYPE, otherData, ring)).isFalse();
        assertThat(EventSeal.isGenuine(seal, ID, TYPE, new byte[0], ring)).isFalse();
    }

    @Test
    void noAttributeRunsIntoTheNext() {
        assertThat(EventSeal.of("ab", "c", DATA, ring))
                .isNotEqualTo(EventSeal.of("a", "bc", DATA, ring));
    }

    @Test
    void anOldKidIsAcceptedUntilItIsRemoved() {
        assertThat(EventSeal.isGenuine(seal, ID, TYPE, DATA, TestRings.secondInFront().mail()))
                .isTrue();
        assertThat(EventSeal.isGenuine(seal, ID, TYPE, DATA, TestRings.secondOnly().mail()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "k001", "k001.", "k001.x", ".x", "k003.x", "..", "é.é"})
    void whatIsMalformedIsForged(String text) {
        assertThat(EventSeal.isGenuine(text, ID, TYPE, DATA, ring)).isFalse();
    }

    @Test
    void aSealUnderTheNameOfAnotherKidOrWithMoreBehindItIsForged() {
        var mac = seal.substring(seal.indexOf('.') + 1);

        assertThat(EventSeal.isGenuine("k002." + mac, ID, TYPE, DATA, ring)).isFalse();
        assertThat(EventSeal.isGenuine(mac, ID, TYPE, DATA, ring)).isFalse();
        assertThat(EventSeal.isGenuine(seal + "=", ID, TYPE, DATA, ring)).isFalse();
        assertThat(EventSeal.isGenuine(seal + "." + mac, ID, TYPE, DATA, ring)).isFalse();
    }
}

package io.latchkey.events.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.events.LinkId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyRingTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    private static final String OTHER = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8";

    @Test
    void theFirstEntryMakesNewSecretsAndAllAreAccepted() {
        var ring = KeyRing.parse(" k001:" + KEY + " , k002:" + OTHER + "\n");

        assertThat(ring.currentKid()).isEqualTo("k001");
        assertThat(ring.kids()).containsExactlyInAnyOrder("k001", "k002");
        assertThat(ring.mail().currentKid()).isEqualTo("k001");
        assertThat(ring.mail().kids()).containsExactlyInAnyOrder("k001", "k002");
    }

    static List<String> malformed() {
        return List.of(
                "",
                ",",
                KEY,
                ":" + KEY,
                "k001",
                "k001:",
                "k001:" + KEY + ",",
                "," + "k001:" + KEY,
                "k001:" + KEY + ":",
                "k001:" + KEY + ";k002:" + OTHER,
                "k001 :" + KEY,
                "K001:" + KEY,
                "k01:" + KEY,
                "k0001:" + KEY,
                "k-01:" + KEY,
                "k00é:" + KEY,
                "k001:" + KEY.substring(1),
                "k001:" + KEY + "A",
                "k001:" + KEY + "=",
                // The last character has bits beyond the 32 bytes
                "k001:" + KEY.substring(0, 42) + "9",
                "k001:" + KEY.substring(0, 42) + "+",
                "k001:" + KEY.substring(0, 42) + "/",
                "k001:" + KEY.substring(0, 42) + " ",
                "k001:" + KEY.substring(0, 42) + "é",
                "k001:" + KEY + ",k001:" + OTHER,
                "k001:" + KEY + ",k002:" + KEY);
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsMalformedIsRefusedWithoutShowingAKey(String text) {
        for (var parse :
                List.<Runnable>of(() -> KeyRing.parse(text), () -> MailKeyRing.parse(text))) {
            assertThatThrownBy(parse::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("key ring, entry ")
                    .message()
                    .doesNotContain(KEY.substring(0, 40), OTHER.substring(0, 40));
        }
    }

    @Test
    void aGeneratedRingIsReadBackAndNeverTheSame() {
        var generated = KeyRing.generate("new1");

        assertThat(KeyRing.parse(generated).currentKid()).isEqualTo("new1");
        assertThat(KeyRing.generate("new1")).isNotEqualTo(generated);
        assertThatThrownBy(() -> KeyRing.generate("New1"))
                .hasMessage("kid: New1 (expected: 4 characters of [a-z0-9])");
    }

    @Test
    void theRingOfAWorkerIsTheMailPartOfTheWholeRing() {
        var whole = TestRings.both();
        var link = LinkId.next();

        var worker = MailKeyRing.parse(whole.formatMailKeys());

        assertThat(worker.currentKid()).isEqualTo(whole.currentKid());
        for (var kid : whole.kids()) {
            assertThat(encoded(worker.require(kid))).isEqualTo(encoded(whole.mail().require(kid)));
            assertThat(LinkToken.of(link, kid, worker))
                    .isEqualTo(LinkToken.of(link, kid, whole.mail()));
            assertThat(EmailCode.of(link, kid, worker))
                    .isEqualTo(EmailCode.of(link, kid, whole.mail()));
        }
    }

    @Test
    void aWorkerHoldsNoKeyThatMintsASession() {
        var whole = TestRings.both();
        var workersText = whole.formatMailKeys();
        var worker = MailKeyRing.parse(workersText);
        // What a thief of the worker's setting could try: to use it as the whole ring
        var pretended = KeyRing.parse(workersText);

        for (var kid : whole.kids()) {
            var sessionKeys = encoded(whole.require(kid));
            assertThat(encoded(worker.require(kid))).doesNotContainAnyElementsOf(sessionKeys);
            assertThat(encoded(pretended.require(kid))).doesNotContainAnyElementsOf(sessionKeys);
            var link = LinkId.next();
            assertThat(AuthorizationCode.open(AuthorizationCode.of(link, kid, pretended), whole))
                    .isEmpty();
        }
    }

    @Test
    void everyKeyIsItsOwn() {
        var ring = TestRings.both();

        var all =
                ring.kids().stream()
                        .flatMap(
                                kid ->
                                        Stream.concat(
                                                encoded(ring.require(kid)).stream(),
                                                encoded(ring.mail().require(kid)).stream()))
                        .toList();

        assertThat(all).hasSize(16).doesNotHaveDuplicates();
    }

    @Test
    void noKeyIsShown() {
        var ring = TestRings.both();

        assertThat(ring.toString()).matches("KeyRing\\[k00[12], k00[12]]");
        assertThat(ring.mail().toString()).matches("MailKeyRing\\[k00[12], k00[12]]");
        assertThat(SubjectKey.parse(KEY)).hasToString("SubjectKey");
        assertThat(ring.require("k001").toString()).doesNotContain(encoded(ring.require("k001")));
    }

    @Test
    void aKidThatIsNotInTheRingIsNamed() {
        var ring = TestRings.firstOnly();

        assertThatThrownBy(() -> LinkToken.of(LinkId.next(), "k002", ring.mail()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kid: k002 is not in the key ring");
        assertThatThrownBy(() -> AuthorizationCode.of(LinkId.next(), "k002", ring))
                .hasMessage("kid: k002 is not in the key ring");
    }

    /** All keys of a record of keys, whichever it has. */
    private static List<String> encoded(Record keys) {
        return Arrays.stream(keys.getClass().getRecordComponents())
                .map(
                        component -> {
                            try {
                                var key = (SecretKey) component.getAccessor().invoke(keys);
                                return Base64Url.encode(key.getEncoded());
                            } catch (ReflectiveOperationException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                .toList();
    }
}

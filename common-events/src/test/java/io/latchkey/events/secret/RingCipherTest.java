package io.latchkey.events.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RingCipherTest {
    private static final byte[] PLAIN = "a signing key".getBytes(StandardCharsets.UTF_8);
    private final RingCipher cipher = new RingCipher(TestRings.both());

    @Test
    void whatWasEncryptedComesBackAndNeverLooksTheSame() {
        var one = cipher.encrypt(PLAIN, "signing-key/1");
        var other = cipher.encrypt(PLAIN, "signing-key/1");

        assertThat(cipher.decrypt(one, "signing-key/1")).isEqualTo(PLAIN);
        assertThat(cipher.decrypt(cipher.encrypt(new byte[0], ""), "")).isEmpty();
        assertThat(one).isNotEqualTo(other).hasSize(4 + 12 + PLAIN.length + 16);
    }

    @Test
    void aValueMovedToAnotherRowIsRefused() {
        var encrypted = cipher.encrypt(PLAIN, "signing-key/1");

        assertThatThrownBy(() -> cipher.decrypt(encrypted, "signing-key/2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("signing-key/2: cannot be encrypted or decrypted");
    }

    @Test
    void aValueOfWhichAnyByteChangedIsRefused() {
        var encrypted = cipher.encrypt(PLAIN, "p");

        for (int i = 0; i < encrypted.length; i++) {
            var changed = encrypted.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> cipher.decrypt(changed, "p"))
                    .as("byte %s", i)
                    .isInstanceOfAny(IllegalStateException.class, IllegalArgumentException.class);
        }
    }

    @Test
    void aValueCutShortIsRefused() {
        var encrypted = cipher.encrypt(PLAIN, "p");

        for (int length = 0; length < encrypted.length; length++) {
            var cut = Arrays.copyOf(encrypted, length);
            assertThatThrownBy(() -> cipher.decrypt(cut, "p"))
                    .as("%s bytes", length)
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anOldKidIsReadUntilItIsRemoved() {
        var encrypted = cipher.encrypt(PLAIN, "p");

        assertThat(new RingCipher(TestRings.secondInFront()).decrypt(encrypted, "p"))
                .isEqualTo(PLAIN);
        assertThatThrownBy(() -> new RingCipher(TestRings.secondOnly()).decrypt(encrypted, "p"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kid: k001 is not in the key ring");
    }
}

package io.latchkey.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.MailKeyRing;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysCommandTest {
    @Test
    void generatesARingThatIsNewEveryTime() {
        var command = new KeysCommand(Map.of());

        var ring = command.answer("keys", "generate", "k042");

        assertThat(KeyRing.parse(ring).currentKid()).isEqualTo("k042");
        assertThat(ring).isNotEqualTo(command.answer("keys", "generate", "k042"));
    }

    @Test
    void derivesTheMailKeysThatBelongToTheRing() {
        var older = KeyRing.generate("old1");
        var keys = KeyRing.generate("new1") + "," + older;

        var mailKeys = new KeysCommand(Map.of("LATCHKEY_KEYS", keys)).answer("keys", "derive-mail");

        assertThat(mailKeys).isEqualTo(KeyRing.parse(keys).formatMailKeys());
        assertThat(MailKeyRing.parse(mailKeys).currentKid()).isEqualTo("new1");
        assertThat(mailKeys).doesNotContain(older.substring(5));
    }

    @Test
    void saysWhenThereIsNoRing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeysCommand(Map.of()).answer("keys", "derive-mail"))
                .withMessage("LATCHKEY_KEYS is not set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys",
                "keys generate",
                "keys generate a b",
                "keys derive-mail x",
                "keys rotate",
                "keys generate KID1",
                "keys generate k1"
            })
    void refusesWhatItDoesNotKnow(String line) {
        assertThat(new KeysCommand(Map.of()).run(line.split(" ", -1))).isEqualTo(2);
    }

    @Test
    void aMalformedRingIsNotRepeated() {
        var command = new KeysCommand(Map.of("LATCHKEY_KEYS", "k001:c2VjcmV0"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> command.answer("keys", "derive-mail"))
                .withMessageNotContaining("c2VjcmV0");
    }
}

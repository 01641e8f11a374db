package io.latchkey.auth.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BouncePropertiesTest {
    @Test
    void withoutAKeyThereIsNone() {
        assertThat(new BounceProperties.SendGrid(" ").key()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "AAAA", "-----BEGIN PUBLIC KEY-----"})
    void aKeyThatCannotBeReadIsNamed(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BounceProperties.SendGrid(key))
                .withMessageStartingWith("latchkey.bounces.sendgrid.verification-key");
    }
}

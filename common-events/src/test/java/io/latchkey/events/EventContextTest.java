package io.latchkey.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventContextTest {
    private static final EventContext EMPTY = EventContext.of(null, null, null);

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.com", "", "***", "ad***@example.com", "a***@b@c"})
    void aPlainAddressIsNotTakenForAMaskedOne(String text) {
        assertThatThrownBy(() -> EMPTY.withAddress(null, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("emailMasked (expected: such as a***@example.com)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.com", "ad@bücher.example", "😀xyz@example.com"})
    void everyMaskedAddressIsTaken(String address) {
        var masked = EmailAddress.parse(address).masked();

        assertThat(EMPTY.withAddress(null, masked).emailMasked()).isEqualTo(masked);
    }

    @Test
    void aUserAgentIsBounded() {
        assertThat(EMPTY.withClient(null, "x".repeat(512)).userAgent()).hasSize(512);
        assertThatThrownBy(() -> EMPTY.withClient(null, "x".repeat(513)))
                .hasMessage("userAgent: 513 characters (expected: at most 512)");
    }
}

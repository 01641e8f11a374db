package io.latchkey.audit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "2001:DB8::1, 2001:db8:0:0:0:0:0:1",
        "::ffff:203.0.113.7, 203.0.113.7"
    })
    void literalIsRead(String literal, String address) {
        assertThat(ClientAddress.parse(literal)).map(InetAddress::getHostAddress).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "example.com", "203.0.113.7:80", "[::1]:80", "1.2.3.256"})
    void anythingElseIsNone(String text) {
        assertThat(ClientAddress.parse(text)).isEmpty();
    }
}

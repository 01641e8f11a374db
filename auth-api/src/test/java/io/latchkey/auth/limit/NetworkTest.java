package io.latchkey.auth.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkTest {
    @Test
    void anIpv4AddressIsItsOwnNetworkInEverySpelling() {
        assertThat(Network.of("203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(Network.of("::ffff:203.0.113.7")).isEqualTo("203.0.113.7");
    }

    @Test
    void ipv6AddressesOfOneSlash64AreOneNetwork() {
        assertThat(Network.of("2001:db8:0:1::1"))
                .isEqualTo(Network.of("2001:db8:0:1:ffff:ffff:ffff:ffff"))
                .isNotEqualTo(Network.of("2001:db8:0:2::1"));
    }
}

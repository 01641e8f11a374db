package io.latchkey.auth.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

class ClientAddressTest {
    private final ClientAddress address =
            new ClientAddress(new ProxyProperties(List.of("10.0.0.0/8", "fd00::/8")));

    private String of(String peer, String... forwardedFor) {
        return of(address, peer, forwardedFor);
    }

    private static String of(ClientAddress address, String peer, String... forwardedFor) {
        var request =
                MockServerHttpRequest.get("/")
                        .remoteAddress(new InetSocketAddress(InetAddress.ofLiteral(peer), 1))
                        .header("X-Forwarded-For", forwardedFor);
        return String.valueOf(address.of(MockServerWebExchange.from(request)));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 203.0.113.7, 203.0.113.7",
        "10.1.2.3, '198.51.100.1, 203.0.113.7', 203.0.113.7",
        "10.1.2.3, '203.0.113.7, 10.9.9.9', 203.0.113.7",
        "10.1.2.3, '10.0.0.1, 10.9.9.9', 10.0.0.1",
        "10.1.2.3, 203.0.113.7:4711, 203.0.113.7",
        "10.1.2.3, [2001:db8::1]:4711, 2001:db8::1",
        "10.1.2.3, ::ffff:203.0.113.7, 203.0.113.7",
        "fd00::1, 2001:db8::1, 2001:db8::1"
    })
    void believesATrustedProxyUpToTheFirstHopThatIsNone(
            String peer, String forwarded, String expected) {
        assertThat(of(peer, forwarded)).isEqualTo(expected);
    }

    @Test
    void readsSeveralHeadersAsOneList() {
        assertThat(of("10.1.2.3", "198.51.100.1", "203.0.113.7")).isEqualTo("203.0.113.7");
    }

    @Test
    void believesNobodyElse() {
        assertThat(of("192.0.2.1", "203.0.113.7")).isEqualTo("192.0.2.1");
        assertThat(of(new ClientAddress(new ProxyProperties(List.of())), "10.1.2.3", "203.0.113.7"))
                .isEqualTo("10.1.2.3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "example.org",
                "203.0.113.7, nonsense",
                "203.0.113",
                "",
                "fe80::1%eth0",
                "203.0.113.7 198.51.100.1"
            })
    void whatIsMalformedCountsForNothing(String forwarded) {
        assertThat(of("10.1.2.3", forwarded)).isEqualTo("10.1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "proxy.example/8", "10.0.0.0/33", "10.0.0.0/x", "*", "/8"})
    void aMalformedNetworkStopsTheStart(String cidr) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxyProperties(List.of(cidr)))
                .withMessageContaining("latchkey.trusted-proxies");
    }
}

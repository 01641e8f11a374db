package io.latchkey.auth.platform;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose word counts about where a request comes from.
 *
 * @param trustedProxies networks in CIDR notation, whose {@code X-Forwarded-For} is believed; none
 *     by default
 */
@ConfigurationProperties("latchkey")
record ProxyProperties(@DefaultValue List<String> trustedProxies) {
    private static final int ANY_PORT = 0;

    ProxyProperties {
        trustedProxies =
                trustedProxies.stream().map(String::strip).filter(s -> !s.isEmpty()).toList();
        trustedProxies.forEach(ProxyProperties::network);
    }

    /** Asks of a literal address. */
    Networks networks() {
        return new Networks(trustedProxies.stream().map(ProxyProperties::network).toList());
    }

    private static IpSubnetFilterRule network(String cidr) {
        var slash = cidr.indexOf('/');
        try {
            var address = IpLiteral.canonical(cidr.substring(0, slash)).orElseThrow();
            return new IpSubnetFilterRule(
                    address, Integer.parseInt(cidr.substring(slash + 1)), IpFilterRuleType.ACCEPT);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "latchkey.trusted-proxies: "
                            + cidr
                            + " (expected: a network such as 10.0.0.0/8)",
                    e);
        }
    }

    /** Networks that are told from others. */
    record Networks(List<IpSubnetFilterRule> rules) {
        boolean contain(String literal) {
            var address = new InetSocketAddress(InetAddress.ofLiteral(literal), ANY_PORT);
            return rules.stream().anyMatch(rule -> rule.matches(address));
        }
    }
}

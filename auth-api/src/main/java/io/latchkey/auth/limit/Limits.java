package io.latchkey.auth.limit;

import java.util.List;

/**
 * How often links may be asked for at one app.
 *
 * @param address for one address; at most {@value #MOST}
 * @param network from one network, an IPv4 address or an IPv6 /64; at most {@value #MOST}
 */
public record Limits(List<Rate> address, List<Rate> network) {
    /** Rates of one kind. */
    public static final int MOST = 4;

    /** Of an app that says nothing. */
    public static final Limits DEFAULT = of(List.of("5/15m", "20/1d"), List.of("60/5m"));

    public Limits {
        if (address.size() > MOST || network.size() > MOST) {
            throw new IllegalArgumentException("limits: too many (expected: at most " + MOST + ")");
        }
        address = List.copyOf(address);
        network = List.copyOf(network);
    }

    /**
     * @throws IllegalArgumentException where one is malformed
     */
    public static Limits of(List<String> address, List<String> network) {
        return new Limits(
                address.stream().map(Rate::parse).toList(),
                network.stream().map(Rate::parse).toList());
    }
}

package io.latchkey.auth.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** What counts as one network: an IPv4 address, or the first 64 bits of an IPv6 address. */
public final class Network {
    private static final int PREFIX = 8;

    private Network() {}

    /**
     * @param literal an address; an IPv4-mapped IPv6 address is that IPv4 address
     * @throws IllegalArgumentException where it is none
     */
    public static String of(String literal) {
        var address = InetAddress.ofLiteral(literal);
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), PREFIX)) + "/64"
                : address.getHostAddress();
    }
}

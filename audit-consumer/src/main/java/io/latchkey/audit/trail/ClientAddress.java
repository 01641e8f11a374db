package io.latchkey.audit.trail;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Reads addresses of the network, as literals only: no name is ever looked up. */
public final class ClientAddress {
    private ClientAddress() {}

    /**
     * The address, without a zone; an IPv4-mapped IPv6 address is that IPv4 address. Empty if the
     * text is none.
     */
    public static Optional<InetAddress> parse(String literal) {
        try {
            return Optional.of(
                    InetAddress.getByAddress(InetAddress.ofLiteral(literal).getAddress()));
        } catch (IllegalArgumentException | UnknownHostException _) {
            return Optional.empty();
        }
    }
}

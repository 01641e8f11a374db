package io.latchkey.auth.platform;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as callers write them: literals only, never a name that would be looked up. */
public final class IpLiteral {
    private static final int LONGEST = 45;
    private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private IpLiteral() {}

    /** One spelling per address; an IPv4-mapped IPv6 address is that IPv4 address. */
    public static Optional<String> canonical(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            if (V4.matcher(text).matches()) {
                return Optional.of(text(Inet4Address.ofLiteral(text)));
            }
            return V6.matcher(text).matches()
                    ? Optional.of(text(InetAddress.ofLiteral(text)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * As people write it: IPv6 addresses are shortened.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc5952">RFC 5952</a>
     */
    static String text(InetAddress address) {
        return NetUtil.toAddressString(address);
    }
}

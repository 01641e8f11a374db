package io.latchkey.auth.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A limit with whom it counts.
 *
 * @param kind {@code identifier}, {@code address} or {@code network}
 * @param key names the one that is counted, within one app; no address in it
 */
public record Counted(String kind, String key, Rate rate) {
    /** Another name of a user, counted like an address before anybody looks for the user. */
    public static final String IDENTIFIER = "identifier";

    /** What an app's limits say of one address. */
    public static final String ADDRESS = "address";

    /** Likewise of one network. */
    public static final String NETWORK = "network";

    /**
     * Everything that counts a request for a link.
     *
     * @param identifiers keyed hashes of what the user was named by, where it was not the address
     * @param addresses keyed hashes that stand for the address
     * @param networks at most one
     */
    public static List<Counted> of(
            Limits limits,
            List<String> identifiers,
            List<String> addresses,
            List<String> networks) {
        var counted = new ArrayList<Counted>();
        identifiers.forEach(
                key -> counted(IDENTIFIER, key, limits.address()).forEach(counted::add));
        addresses.forEach(key -> counted(ADDRESS, key, limits.address()).forEach(counted::add));
        networks.forEach(key -> counted(NETWORK, key, limits.network()).forEach(counted::add));
        return counted;
    }

    private static Stream<Counted> counted(String kind, String key, List<Rate> rates) {
        return rates.stream().map(rate -> new Counted(kind, key, rate));
    }
}

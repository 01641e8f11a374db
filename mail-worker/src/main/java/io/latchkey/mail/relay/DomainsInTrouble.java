package io.latchkey.mail.relay;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which domains a relay has lately had trouble with. One domain in trouble, however many its mails,
 * is no trouble of the relay's; many domains are.
 */
final class DomainsInTrouble {
    private static final int MEMORY = 1000;
    private static final long LATELY = Duration.ofSeconds(5).toNanos();

    private final Map<String, Long> since =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > MEMORY;
                }
            };

    /** Whether it was in none within the last five seconds. */
    synchronized boolean isNews(String domain) {
        var now = System.nanoTime();
        var last = since.get(domain);
        if (last != null && now - last < LATELY) {
            return false;
        }
        since.remove(domain);
        since.put(domain, now);
        return true;
    }
}

package io.latchkey.mail.delivery;

import io.latchkey.events.secret.MailKeyRing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/**
 * Which kids orders asked for that this worker's ring lacks. Such orders are held, and the worker
 * is not ready until none has come by for a while: it was started before it was given the new key.
 */
@Component
public class MissingKeys {
    private static final int MOST = 100;
    private static final Duration MEMORY = Duration.ofMinutes(1);
    private final MailKeyRing ring;
    private final InstantSource clock;
    private final ConcurrentMap<String, Instant> seen = new ConcurrentHashMap<>();

    MissingKeys(MailKeyRing ring, InstantSource clock) {
        this.ring = ring;
        this.clock = clock;
    }

    boolean lacks(String kid) {
        if (ring.kids().contains(kid)) {
            return false;
        }
        if (seen.size() < MOST || seen.containsKey(kid)) {
            seen.put(kid, clock.instant());
        }
        return true;
    }

    /** Asked for within the last minute. */
    public Set<String> recent() {
        var oldest = clock.instant().minus(MEMORY);
        seen.values().removeIf(time -> time.isBefore(oldest));
        return new TreeSet<>(seen.keySet());
    }
}

package io.latchkey.benchmarks.chaos;

import io.latchkey.benchmarks.smtp.Relay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Knows the Message-IDs of what the relay took, and whose mail it has begun to take. */
final class Inboxes implements Relay.Mailboxes {
    private static final Duration TAKES = Duration.ofMillis(50);
    private final Map<String, List<String>> taken = new ConcurrentHashMap<>();
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    @Override
    public void begun(String recipient) {
        begun.add(recipient);
    }

    @Override
    public Duration delay(String recipient) {
        return TAKES;
    }

    @Override
    public void taken(String recipient, String messageId) {
        taken.computeIfAbsent(recipient, _ -> new CopyOnWriteArrayList<>()).add(messageId);
    }

    /** Message-IDs of the mails that were taken, by recipient. */
    Map<String, List<String>> taken() {
        return taken;
    }

    boolean isBegun(String recipient) {
        return begun.contains(recipient);
    }
}

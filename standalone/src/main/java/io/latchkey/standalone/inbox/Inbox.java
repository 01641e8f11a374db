package io.latchkey.standalone.inbox;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The newest mails, in memory only. Safe for use by many threads. */
public final class Inbox {
    /** How many are kept; the oldest make room. */
    public static final int CAPACITY = 2_000;

    private final Deque<Mail> newestFirst = new ArrayDeque<>();
    private final InstantSource clock;

    public Inbox(InstantSource clock) {
        this.clock = clock;
    }

    /** Reads a message and keeps it. Never refuses one. */
    public void receive(String recipient, byte[] message) {
        var mail = MailParser.parse(recipient, message, clock.instant());
        synchronized (newestFirst) {
            newestFirst.addFirst(mail);
            if (newestFirst.size() > CAPACITY) {
                newestFirst.removeLast();
            }
        }
    }

    public List<Mail> newest(int limit) {
        synchronized (newestFirst) {
            return newestFirst.stream().limit(limit).toList();
        }
    }

    public int size() {
        synchronized (newestFirst) {
            return newestFirst.size();
        }
    }

    public Optional<Mail> find(String id) {
        synchronized (newestFirst) {
            return newestFirst.stream().filter(mail -> mail.id().equals(id)).findFirst();
        }
    }

    public void clear() {
        synchronized (newestFirst) {
            newestFirst.clear();
        }
    }
}

package io.latchkey.mail.relay;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.latchkey.rendering.Mail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * All relays. A mail goes to one of them; to the next only where the first surely did not take it.
 */
public final class Relays implements AutoCloseable {
    private final List<GuardedRelay> relays;
    private final RelaysProperties properties;

    Relays(List<GuardedRelay> relays, RelaysProperties properties) {
        this.relays = List.copyOf(relays);
        this.properties = properties;
    }

    /**
     * Hands one mail over, within the deadline of a hand-over. What was tried, in order; the last
     * says how it ended. Nothing where every relay is to be left alone now.
     *
     * @param timeLeft for this mail, where that is less than the deadline
     */
    public List<RelayTry> handOver(Mail mail, Duration timeLeft) {
        var time =
                timeLeft.compareTo(properties.relayDeadline()) < 0
                        ? timeLeft
                        : properties.relayDeadline();
        var end = System.nanoTime() + time.toNanos();
        var order = properties.relayChoice().order(relays);
        var tries = handOver(mail, order, end, false);
        return tries.isEmpty() ? handOver(mail, order, end, true) : tries;
    }

    private List<RelayTry> handOver(Mail mail, List<GuardedRelay> order, long end, boolean wait) {
        var tries = new ArrayList<RelayTry>();
        for (var relay : order) {
            var left = Duration.ofNanos(end - System.nanoTime());
            var over = !tries.isEmpty() && tries.getLast().isEnd();
            if (over || !left.isPositive()) {
                return tries;
            }
            relay.handOver(mail, patience(relay, order, left), left, wait).ifPresent(tries::add);
        }
        return tries;
    }

    /** Where nobody takes over, nothing is gained by giving up early. */
    private Duration patience(GuardedRelay relay, List<GuardedRelay> order, Duration left) {
        var others = order.subList(order.indexOf(relay) + 1, order.size());
        var isLast = others.stream().allMatch(other -> other.state() == CircuitBreaker.State.OPEN);
        return isLast || left.compareTo(properties.relayPatience()) < 0
                ? left
                : properties.relayPatience();
    }

    /** Names, in the order in which they are listed. */
    public List<String> names() {
        return relays.stream().map(relay -> relay.relay().name()).toList();
    }

    /** Connections open at this moment, busy and idle. */
    public int openConnections(String name) {
        return relays.stream()
                .map(GuardedRelay::relay)
                .filter(relay -> relay.name().equals(name))
                .mapToInt(MailRelay::openConnections)
                .sum();
    }

    /** Whether mails are offered to it. */
    public boolean isServing(String name) {
        return relays.stream()
                .filter(relay -> relay.relay().name().equals(name))
                .anyMatch(relay -> relay.state() == CircuitBreaker.State.CLOSED);
    }

    /** Ends what is under way, and what begins from now on, as if its time were up. */
    public void cutShort() {
        relays.forEach(relay -> relay.relay().cutShort());
    }

    public void startAgain() {
        relays.forEach(relay -> relay.relay().startAgain());
    }

    @Override
    public void close() {
        relays.forEach(relay -> relay.relay().close());
    }
}

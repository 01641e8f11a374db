package io.latchkey.mail.relay.smtp;

import java.util.concurrent.atomic.AtomicReference;

/**
 * How far one mail's hand-over has come. Two threads race here: the one that sends, and the one
 * that watches the clock. Whoever is first decides whether the relay may have the mail.
 */
final class HandOver {
    private enum State {
        OPEN,
        COMMITTED,
        CALLED_OFF
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    /** Before the end of the data is sent; false where the hand-over was called off. */
    boolean commit() {
        return state.compareAndSet(State.OPEN, State.COMMITTED);
    }

    /** True where the relay surely has no mail, and will not get it from this hand-over. */
    boolean callOff() {
        return state.compareAndSet(State.OPEN, State.CALLED_OFF) || state.get() == State.CALLED_OFF;
    }

    /** Whether the relay may have the mail. */
    boolean isCommitted() {
        return state.get() == State.COMMITTED;
    }
}

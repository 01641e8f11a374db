package io.latchkey.mail.deadletter;

/** Kafka is away, or somebody else was first: nothing has changed. */
public final class DeadLettersUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeadLettersUnavailableException(Throwable cause) {
        super("dead letters are out of reach", cause);
    }
}

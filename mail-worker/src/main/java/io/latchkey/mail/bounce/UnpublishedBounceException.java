package io.latchkey.mail.bounce;

/** Nobody has acknowledged a bounce: its mail must be read again. */
public final class UnpublishedBounceException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnpublishedBounceException(Exception cause) {
        super("not acknowledged by Kafka", cause);
    }
}

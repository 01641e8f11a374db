package io.latchkey.mail.delivery.kafka;

/** Kafka did not acknowledge a record in time. It may have it nevertheless. */
final class UnpublishedException extends Exception {
    private static final long serialVersionUID = 1L;

    UnpublishedException(Exception cause) {
        super("not acknowledged by Kafka", cause);
    }
}

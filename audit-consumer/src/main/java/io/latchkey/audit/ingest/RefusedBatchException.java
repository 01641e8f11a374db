package io.latchkey.audit.ingest;

/** Some event of a batch can never be stored. Trying the same batch again will not help. */
public final class RefusedBatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefusedBatchException(Throwable cause) {
        super("batch refused by the database", cause);
    }
}

package io.latchkey.auth.user;

/** The attributes of a user would be more than 16 KiB after a merge. */
public final class TooManyAttributesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TooManyAttributesException() {
        super("attributes (expected: at most 16 KiB)", null, false, false);
    }
}

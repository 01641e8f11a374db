package io.latchkey.auth.user;

/** The user has another address than when he was read, or is gone: look again. */
final class ChangedMeanwhile extends RuntimeException {
    static final int TRIES = 3;
    private static final long serialVersionUID = 1L;

    ChangedMeanwhile() {
        super("changed meanwhile", null, false, false);
    }
}

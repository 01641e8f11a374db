package io.latchkey.mail.platform;

import org.jspecify.annotations.Nullable;

/**
 * Where something broke, for our log: types and places of an error and its causes. Their messages
 * are left out, since frameworks put into them what was asked for: URLs and headers.
 */
final class BareCause extends Exception {
    private static final long serialVersionUID = 1L;

    BareCause(Throwable error) {
        super(error.getClass().getName(), cause(error), false, true);
        setStackTrace(error.getStackTrace());
    }

    private static @Nullable BareCause cause(Throwable error) {
        var cause = error.getCause();
        return cause == null ? null : new BareCause(cause);
    }
}

package io.latchkey.standalone;

import org.jspecify.annotations.Nullable;

/** The standalone cannot start. The message is one line for a human and holds no secret. */
final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailure(String message) {
        super(message);
    }

    StartFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

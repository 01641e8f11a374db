package io.latchkey.auth.platform;

/** The process cannot start with this setting. The message names it, and never repeats a secret. */
final class UnusableSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnusableSettingException(String message) {
        super(message);
    }
}

package io.latchkey.audit.platform;

/** The process cannot start with this setting. The message names it, and never repeats a secret. */
public final class UnusableSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public UnusableSettingException(String message) {
        super(message);
    }
}

package io.latchkey.mail.platform;

/** A setting cannot be used as it is: the process refuses to start. */
public final class UnusableSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param setting as an operator spells it
     * @param cause whose message says what was expected, without the value
     */
    public UnusableSettingException(String setting, Exception cause) {
        super(setting + ": " + cause.getMessage(), cause);
    }
}

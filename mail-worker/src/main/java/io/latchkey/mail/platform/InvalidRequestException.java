package io.latchkey.mail.platform;

/** A request that cannot be answered as it is. */
public final class InvalidRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String pointer;
    private final String detail;

    /**
     * @param pointer to what is wrong
     * @param detail what was expected, without what was sent
     */
    public InvalidRequestException(String pointer, String detail) {
        super(pointer + ": " + detail, null, false, false);
        this.pointer = pointer;
        this.detail = detail;
    }

    /** As JSON; each part is a plain word of ours. */
    String errors() {
        return "[{\"pointer\":\"%s\",\"detail\":\"%s\"}]".formatted(pointer, detail);
    }
}

package io.latchkey.standalone;

/**
 * What a standalone consists of, in the order in which it is stopped: nobody is called any more
 * when he goes, and the data outlives its users.
 */
enum Part {
    AUTH_API("auth-api"),
    MAIL_WORKER("mail-worker"),
    AUDIT_CONSUMER("audit-consumer"),
    SMTP("the embedded mail relay"),
    INBOX("the inbox"),
    KAFKA("the embedded Kafka"),
    POSTGRES("the embedded PostgreSQL");

    private final String title;

    Part(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}

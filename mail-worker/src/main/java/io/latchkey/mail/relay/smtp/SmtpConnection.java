package io.latchkey.mail.relay.smtp;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** One open connection to the relay. Used by one hand-over at a time. */
final class SmtpConnection extends SMTPTransport {
    /** Shorter than any relay's patience: a connection just used needs no NOOP. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final SmtpSession relay;
    private final long openedNanos = System.nanoTime();
    private long usedNanos = openedNanos;
    private int mails;
    private HandOver handOver = new HandOver();
    private boolean utf8 = true;

    SmtpConnection(SmtpSession session) {
        super(session.session(), null, session.protocol(), session.protocol().equals("smtps"));
        this.relay = session;
    }

    void open() throws MessagingException {
        connect(relay.host(), relay.port(), relay.user(), relay.password());
        usedNanos = System.nanoTime();
    }

    /**
     * @param utf8 whether an address in the mail cannot do without SMTPUTF8
     * @return the relay's words on taking the mail
     */
    String send(MimeMessage message, Address recipient, boolean utf8, HandOver handOver)
            throws MessagingException {
        this.handOver = handOver;
        this.utf8 = utf8;
        mails++;
        sendMessage(message, new Address[] {recipient});
        this.utf8 = true;
        usedNanos = System.nanoTime();
        return getLastServerResponse();
    }

    /**
     * Hides SMTPUTF8 from a mail that does without: asked for, it must be offered by every relay on
     * the mail's way, and many do not.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc6531#section-3.2">RFC 6531 §3.2</a>
     */
    @Override
    public boolean supportsExtension(String name) {
        return (utf8 || !name.equals("SMTPUTF8")) && super.supportsExtension(name);
    }

    /** The end of the data is what makes the relay take the mail: no way back from here. */
    @Override
    protected void finishData() throws IOException, MessagingException {
        if (!handOver.commit()) {
            throw new MessagingException("the hand-over was called off");
        }
        super.finishData();
    }

    /** Whether it can take another mail; asks the relay where it was idle. */
    boolean isUsable(Duration lifetime, int mailsPerConnection) {
        var now = System.nanoTime();
        return now - openedNanos < lifetime.toNanos()
                && mails < mailsPerConnection
                && (now - usedNanos < FRESH.toNanos() || isConnected());
    }
}

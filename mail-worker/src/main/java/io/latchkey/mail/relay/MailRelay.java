package io.latchkey.mail.relay;

import io.latchkey.rendering.Mail;
import java.time.Duration;

/** Takes mails: an SMTP server or a provider's API. Safe for many threads at once. */
public interface MailRelay extends AutoCloseable {
    /** For events, metrics and logs; no secret. */
    String name();

    /**
     * Hands one mail over. Returns within {@code time}, whatever the relay does; never throws for
     * what a relay or the network can do.
     *
     * @param patience after which it is called off where the relay surely has no mail; where it may
     *     have it, its answer is waited for
     */
    RelayReply handOver(Mail mail, Duration patience, Duration time);

    /** Connections open at this moment, busy and idle. */
    int openConnections();

    /** Ends what is under way, and what begins from now on, as if its time were up. */
    void cutShort();

    void startAgain();

    @Override
    void close();
}

package io.latchkey.mail.smtp;

import io.latchkey.events.EmailAddress;
import io.latchkey.events.FailureClass;
import io.latchkey.mail.render.Mail;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One SMTP server that takes our mails. */
public final class SmtpRelay implements AutoCloseable {
    private final SmtpSession session;
    private final SmtpConnectionPool pool;
    private final Duration deadline;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentMap<HandOver, Future<SmtpReply>> underWay = new ConcurrentHashMap<>();
    private volatile boolean cutShort;

    SmtpRelay(SmtpSession session, SmtpProperties properties, InstantSource clock) {
        this.session = session;
        this.pool = new SmtpConnectionPool(session, properties);
        this.deadline = properties.deadline();
        this.clock = clock;
    }

    /** {@code host:port}: for events, metrics and logs. */
    public String name() {
        return session.name();
    }

    /** Connections open at this moment, busy and idle. */
    public int openConnections() {
        return pool.open();
    }

    /**
     * Hands one mail over. Returns within the deadline, whatever the relay does; never throws for
     * what a relay or the network can do.
     *
     * @param timeLeft for this mail, where that is less than the deadline
     */
    public SmtpReply handOver(Mail mail, Duration timeLeft) {
        var time = timeLeft.compareTo(deadline) < 0 ? timeLeft : deadline;
        if (cutShort) {
            return SmtpFailures.overdue(false);
        }
        var handOver = new HandOver();
        var sending = threads.submit(() -> send(mail, handOver));
        underWay.put(handOver, sending);
        // Again: what was not under way yet when the others were cut short.
        if (cutShort) {
            sending.cancel(true);
        }
        try {
            return sending.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | CancellationException e) {
            return giveUpOn(sending, handOver);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return giveUpOn(sending, handOver);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot hand over a mail", e.getCause());
        } finally {
            underWay.remove(handOver);
        }
    }

    /** Ends what is still under way, and what begins from now on, as if its deadline had come. */
    public void cutShort() {
        cutShort = true;
        underWay.values().forEach(sending -> sending.cancel(true));
    }

    public void startAgain() {
        cutShort = false;
    }

    private static SmtpReply giveUpOn(Future<SmtpReply> sending, HandOver handOver) {
        // On a virtual thread the interrupt closes the socket that it waits for.
        if (!sending.cancel(true) && sending.state() == Future.State.SUCCESS) {
            return sending.resultNow();
        }
        return SmtpFailures.overdue(!handOver.callOff());
    }

    private SmtpReply send(Mail mail, HandOver handOver) throws Exception {
        SmtpConnection connection;
        try {
            connection = pool.borrow();
        } catch (MessagingException e) {
            return SmtpFailures.notConnected(e);
        }
        var usable = false;
        try {
            var offered = connection.supportsExtension("SMTPUTF8");
            if (needsUtf8(mail.to()) && !offered) {
                usable = true;
                return new SmtpReply.Failed(FailureClass.PERMANENT, "smtputf8_unsupported", null);
            }
            // Better a mail without it than none.
            var sent = needsUtf8(mail.replyTo()) && !offered ? mail.withoutReplyTo() : mail;
            var utf8 = needsUtf8(sent.to()) || needsUtf8(sent.replyTo());
            var message = MimeMessages.of(sent, session.session(), clock.instant());
            var reply = connection.send(message, recipient(mail), utf8, handOver);
            usable = true;
            return new SmtpReply.Accepted(SmtpReplyText.of(reply, mail.code()));
        } catch (MessagingException e) {
            var text = SmtpReplyText.of(connection.getLastServerResponse(), mail.code());
            return SmtpFailures.afterConnect(e, text, handOver.isCommitted());
        } finally {
            if (usable) {
                pool.giveBack(connection);
            } else {
                pool.discard(connection);
            }
        }
    }

    /**
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc6531#section-3.1">RFC 6531 §3.1</a>
     */
    private static boolean needsUtf8(@Nullable EmailAddress address) {
        return address != null
                && !StandardCharsets.US_ASCII.newEncoder().canEncode(address.value());
    }

    private static InternetAddress recipient(Mail mail) {
        var address = new InternetAddress();
        address.setAddress(mail.to().value());
        return address;
    }

    @Override
    public void close() {
        threads.close();
        pool.close();
    }
}

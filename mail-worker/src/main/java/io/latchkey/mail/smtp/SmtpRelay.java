package io.latchkey.mail.smtp;

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

/** One SMTP server that takes our mails. */
public final class SmtpRelay implements AutoCloseable {
    private final SmtpSession session;
    private final SmtpConnectionPool pool;
    private final Duration deadline;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentMap<HandOver, Future<SmtpReply>> underWay = new ConcurrentHashMap<>();

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
     */
    public SmtpReply handOver(Mail mail) {
        var handOver = new HandOver();
        var sending = threads.submit(() -> send(mail, handOver));
        underWay.put(handOver, sending);
        try {
            return sending.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
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

    /** Ends what is still under way, as if its deadline had come. */
    public void cutShort() {
        underWay.values().forEach(sending -> sending.cancel(true));
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
            if (needsUtf8(mail) && !connection.supportsExtension("SMTPUTF8")) {
                usable = true;
                return new SmtpReply.Failed(FailureClass.PERMANENT, "smtputf8_unsupported", null);
            }
            var message = MimeMessages.of(mail, session.session(), clock.instant());
            var reply = connection.send(message, recipient(mail), handOver);
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
    private static boolean needsUtf8(Mail mail) {
        return !StandardCharsets.US_ASCII.newEncoder().canEncode(mail.to().value());
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

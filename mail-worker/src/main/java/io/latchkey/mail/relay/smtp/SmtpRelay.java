package io.latchkey.mail.relay.smtp;

import io.latchkey.events.EmailAddress;
import io.latchkey.events.FailureClass;
import io.latchkey.mail.relay.FailureReason;
import io.latchkey.mail.relay.MailRelay;
import io.latchkey.mail.relay.RelayReply;
import io.latchkey.mail.relay.ReplyText;
import io.latchkey.rendering.Mail;
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
final class SmtpRelay implements MailRelay {
    private final String name;
    private final SmtpSession session;
    private final SmtpConnectionPool pool;
    private final DkimSigner signer;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentMap<HandOver, Future<RelayReply>> underWay = new ConcurrentHashMap<>();
    private volatile boolean cutShort;

    SmtpRelay(
            String name,
            SmtpSession session,
            SmtpProperties properties,
            DkimSigner signer,
            InstantSource clock) {
        this.signer = signer;
        this.name = name;
        this.session = session;
        this.pool = new SmtpConnectionPool(session, properties);
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int openConnections() {
        return pool.open();
    }

    @Override
    public RelayReply handOver(Mail mail, Duration patience, Duration time) {
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
            return answer(sending, handOver, patience, time);
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

    private static RelayReply answer(
            Future<RelayReply> sending, HandOver handOver, Duration patience, Duration time)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return sending.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (handOver.callOff()) {
                throw e;
            }
            return sending.get(time.minus(patience).toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void cutShort() {
        cutShort = true;
        underWay.values().forEach(sending -> sending.cancel(true));
    }

    @Override
    public void startAgain() {
        cutShort = false;
    }

    private static RelayReply giveUpOn(Future<RelayReply> sending, HandOver handOver) {
        // On a virtual thread the interrupt closes the socket that it waits for.
        if (!sending.cancel(true) && sending.state() == Future.State.SUCCESS) {
            return sending.resultNow();
        }
        return SmtpFailures.overdue(!handOver.callOff());
    }

    private RelayReply send(Mail mail, HandOver handOver) throws Exception {
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
                return new RelayReply.Failed(
                        FailureClass.PERMANENT, FailureReason.SMTPUTF8_UNSUPPORTED, null);
            }
            // Better a mail without it than none.
            var sent = needsUtf8(mail.replyTo()) && !offered ? mail.withoutReplyTo() : mail;
            var utf8 = needsUtf8(sent.to()) || needsUtf8(sent.replyTo());
            var message = MimeMessages.of(sent, session.session(), clock.instant());
            signer.sign(message);
            var reply = connection.send(message, recipient(mail), utf8, handOver);
            usable = true;
            return new RelayReply.Accepted(ReplyText.of(reply, mail.code()));
        } catch (MessagingException e) {
            var text = ReplyText.of(connection.getLastServerResponse(), mail.code());
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

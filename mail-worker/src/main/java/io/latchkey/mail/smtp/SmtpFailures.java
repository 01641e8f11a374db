package io.latchkey.mail.smtp;

import io.latchkey.events.FailureClass;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.eclipse.angus.mail.util.SocketConnectException;
import org.jspecify.annotations.Nullable;

/**
 * What a failed hand-over means. Only the relay's word about this very mail is final: that we may
 * not sign in, that it speaks no TLS, or that it is closing is a fault between it and us, which the
 * next attempt may not meet.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc5321#section-4.2.1">RFC 5321 §4.2.1</a>
 */
final class SmtpFailures {
    /** Authentication is wanted, too weak, wrong or unencrypted: RFC 4954 §6. */
    private static final Set<Integer> ABOUT_US = Set.of(530, 534, 535, 538);

    private SmtpFailures() {}

    /** No connection could be had: the relay has no mail. */
    static SmtpReply.Failed notConnected(MessagingException failure) {
        return new SmtpReply.Failed(FailureClass.TRANSIENT, reasonOfNoConnection(failure), null);
    }

    private static String reasonOfNoConnection(MessagingException failure) {
        if (has(failure, AuthenticationFailedException.class)) {
            return "relay_authentication";
        }
        if (has(failure, SSLException.class)
                || String.valueOf(failure.getMessage()).contains("STARTTLS")) {
            return "relay_tls";
        }
        var unreachable =
                has(failure, MailConnectException.class)
                        || has(failure, SocketConnectException.class)
                        || has(failure, ConnectException.class)
                        || has(failure, UnknownHostException.class);
        return unreachable ? "relay_unreachable" : "relay_unready";
    }

    /**
     * The relay refused, or fell silent, with the mail under way.
     *
     * @param text the relay's last words, fit to be shown
     * @param committed whether the end of the data was sent
     */
    static SmtpReply.Failed afterConnect(
            MessagingException failure, @Nullable String text, boolean committed) {
        var code = replyCode(failure);
        if (code >= 500 && !ABOUT_US.contains(code)) {
            return new SmtpReply.Failed(FailureClass.PERMANENT, "refused", text);
        }
        if (code >= 400) {
            var reason = ABOUT_US.contains(code) ? "relay_authentication" : "deferred";
            return new SmtpReply.Failed(FailureClass.TRANSIENT, reason, text);
        }
        if (committed) {
            return unanswered();
        }
        return new SmtpReply.Failed(
                FailureClass.TRANSIENT,
                has(failure, SocketTimeoutException.class) ? "relay_timeout" : "relay_lost",
                null);
    }

    /** The time for the whole hand-over is up. */
    static SmtpReply.Failed overdue(boolean committed) {
        return committed
                ? unanswered()
                : new SmtpReply.Failed(FailureClass.TRANSIENT, "relay_timeout", null);
    }

    private static SmtpReply.Failed unanswered() {
        return new SmtpReply.Failed(FailureClass.AMBIGUOUS, "unanswered", null);
    }

    private static int replyCode(MessagingException failure) {
        return chain(failure)
                .mapToInt(
                        e ->
                                switch (e) {
                                    case SMTPAddressFailedException address ->
                                            address.getReturnCode();
                                    case SMTPSenderFailedException sender -> sender.getReturnCode();
                                    case SMTPSendFailedException send -> send.getReturnCode();
                                    default -> -1;
                                })
                .filter(code -> code > 0)
                .reduce(-1, (first, last) -> last);
    }

    private static boolean has(MessagingException failure, Class<? extends Exception> type) {
        return chain(failure).anyMatch(type::isInstance);
    }

    /** {@link MessagingException} has its causes in {@code nextException}, and says so. */
    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, e -> e != null, Throwable::getCause);
    }
}

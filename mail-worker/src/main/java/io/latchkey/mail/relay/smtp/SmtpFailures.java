package io.latchkey.mail.relay.smtp;

import io.latchkey.events.FailureClass;
import io.latchkey.mail.relay.FailureReason;
import io.latchkey.mail.relay.RelayReply;
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
    static RelayReply.Failed notConnected(MessagingException failure) {
        return new RelayReply.Failed(FailureClass.TRANSIENT, reasonOfNoConnection(failure), null);
    }

    private static FailureReason reasonOfNoConnection(MessagingException failure) {
        if (has(failure, AuthenticationFailedException.class)) {
            return FailureReason.RELAY_AUTHENTICATION;
        }
        if (has(failure, SSLException.class)
                || String.valueOf(failure.getMessage()).contains("STARTTLS")) {
            return FailureReason.RELAY_TLS;
        }
        var unreachable =
                has(failure, MailConnectException.class)
                        || has(failure, SocketConnectException.class)
                        || has(failure, ConnectException.class)
                        || has(failure, UnknownHostException.class);
        return unreachable ? FailureReason.RELAY_UNREACHABLE : FailureReason.RELAY_UNREADY;
    }

    /**
     * The relay refused, or fell silent, with the mail under way.
     *
     * @param text the relay's last words, fit to be shown
     * @param committed whether the end of the data was sent
     */
    static RelayReply.Failed afterConnect(
            MessagingException failure, @Nullable String text, boolean committed) {
        var code = replyCode(failure);
        if (code >= 500 && !ABOUT_US.contains(code)) {
            return new RelayReply.Failed(FailureClass.PERMANENT, FailureReason.REFUSED, text);
        }
        if (code >= 400) {
            var reason =
                    ABOUT_US.contains(code)
                            ? FailureReason.RELAY_AUTHENTICATION
                            : FailureReason.DEFERRED;
            return new RelayReply.Failed(FailureClass.TRANSIENT, reason, text);
        }
        if (committed) {
            return unanswered();
        }
        return new RelayReply.Failed(
                FailureClass.TRANSIENT,
                has(failure, SocketTimeoutException.class)
                        ? FailureReason.RELAY_TIMEOUT
                        : FailureReason.RELAY_LOST,
                null);
    }

    /** The time for the whole hand-over is up. */
    static RelayReply.Failed overdue(boolean committed) {
        return committed
                ? unanswered()
                : new RelayReply.Failed(FailureClass.TRANSIENT, FailureReason.RELAY_TIMEOUT, null);
    }

    private static RelayReply.Failed unanswered() {
        return new RelayReply.Failed(FailureClass.AMBIGUOUS, FailureReason.UNANSWERED, null);
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

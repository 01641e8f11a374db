package io.latchkey.mail.relay.smtp;

import io.latchkey.rendering.Mail;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A mail as RFC 5322 and MIME have it: text first, HTML as its alternative. */
final class MimeMessages {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /**
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc5322#section-2.1.1">RFC 5322
     *     §2.1.1</a>
     */
    private static final int LONGEST_LINE = 998;

    private MimeMessages() {}

    static MimeMessage of(Mail mail, Session session, Instant date) throws MessagingException {
        var message = new KeepingMessageId(session);
        message.setHeader("Message-ID", mail.messageId());
        message.setHeader("Date", DATE.format(date));
        message.setHeader(
                "From", EncodedWords.phrase(mail.fromName()) + "\r\n <" + mail.fromAddress() + ">");
        if (mail.replyTo() != null) {
            message.setHeader("Reply-To", "<" + mail.replyTo().value() + ">");
        }
        message.setHeader("To", "<" + mail.to().value() + ">");
        message.setHeader("Subject", EncodedWords.text(mail.subject()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("Content-Language", mail.locale().toLanguageTag());
        message.setContent(alternatives(mail));
        message.saveChanges();
        return message;
    }

    private static MimeMultipart alternatives(Mail mail) throws MessagingException {
        return new MimeMultipart(
                "alternative",
                part(mail.text(), "text/plain; charset=utf-8"),
                part(mail.html(), "text/html; charset=utf-8"));
    }

    /** Of bytes and with its encoding: given characters, the library works on each by itself. */
    private static MimeBodyPart part(String text, String type) throws MessagingException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes, type)));
        part.setHeader("Content-Transfer-Encoding", encoding(bytes));
        return part;
    }

    /**
     * The shortest that every relay takes.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc2045#section-6">RFC 2045 §6</a>
     */
    private static String encoding(byte[] text) {
        int beyondAscii = 0;
        int line = 0;
        int longest = 0;
        for (byte each : text) {
            beyondAscii += each < 0 ? 1 : 0;
            line = each == '\n' ? 0 : line + 1;
            longest = Math.max(longest, line);
        }
        if (beyondAscii == 0 && longest <= LONGEST_LINE) {
            return "7bit";
        }
        return beyondAscii < text.length / 6 ? "quoted-printable" : "base64";
    }

    /** The same mail has the same id, however often it is sent. */
    private static final class KeepingMessageId extends MimeMessage {
        KeepingMessageId(Session session) {
            super(session);
        }

        @Override
        protected void updateMessageID() {
            // Set already.
        }
    }
}

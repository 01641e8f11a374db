package io.latchkey.mail.smtp;

import io.latchkey.mail.render.Mail;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A mail as RFC 5322 and MIME have it: text first, HTML as its alternative. */
final class MimeMessages {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

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
        var text = new MimeBodyPart();
        text.setText(mail.text(), "utf-8", "plain");
        var html = new MimeBodyPart();
        html.setText(mail.html(), "utf-8", "html");
        return new MimeMultipart("alternative", text, html);
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

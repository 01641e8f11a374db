package io.latchkey.mail.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.EmailAddress;
import io.latchkey.rendering.Mail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MimeMessagesTest {
    private static final Session SESSION = Session.getInstance(new Properties());
    private static final Instant DATE = Instant.parse("2026-03-04T05:06:07Z");

    private static Mail mail(String words) {
        return new Mail(
                EmailAddress.parse("ada@example.com"),
                words,
                "no-reply@login.example",
                EmailAddress.parse("help@acme.example"),
                words,
                "text\r\n",
                "<p>html</p>\r\n",
                "<link_1@login.example>",
                Locale.GERMAN,
                "123456");
    }

    private static byte[] written(Mail mail) throws MessagingException, IOException {
        var bytes = new ByteArrayOutputStream();
        MimeMessages.of(mail, SESSION, DATE).writeTo(bytes);
        return bytes.toByteArray();
    }

    private static MimeMessage read(Mail mail) throws MessagingException, IOException {
        return new MimeMessage(SESSION, new ByteArrayInputStream(written(mail)));
    }

    @Test
    void headersAreTheFewThatAMailNeeds() throws Exception {
        var headers = new String(written(mail("Acme")), StandardCharsets.US_ASCII);

        assertThat(headers.substring(0, headers.indexOf("\r\n\r\n")).split("\r\n(?! )"))
                .filteredOn(header -> !header.startsWith("Content-Type:\tmultipart"))
                .contains(
                        "Message-ID: <link_1@login.example>",
                        "Date: Wed, 4 Mar 2026 05:06:07 +0000",
                        "From: Acme\r\n <no-reply@login.example>",
                        "Reply-To: <help@acme.example>",
                        "To: <ada@example.com>",
                        "Subject: Acme",
                        "Auto-Submitted: auto-generated",
                        "Content-Language: de",
                        "MIME-Version: 1.0");
    }

    @Test
    void textComesFirstAndHtmlIsItsAlternative() throws Exception {
        var message = read(mail("Acme"));

        var parts = (MimeMultipart) message.getContent();
        assertThat(message.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Anmeldung bei Größe",
                "=?utf-8?B?QmNjOiBldmVAZXhhbXBsZS5jb20=?=",
                "Acme, Inc. <eve@example.com>",
                "\"Acme\" (eve@example.com)",
                "eve@example.com",
                "🔑 a very long name of an app, with a key in front of it and words behind it",
                "ends in a backslash \\",
            })
    void readersSeeTheWordsAsTheyWereWritten(String words) throws Exception {
        var message = read(mail(words));

        var from = (InternetAddress) message.getFrom()[0];
        assertThat(MimeUtility.decodeText(message.getHeader("Subject", null))).isEqualTo(words);
        assertThat(message.getFrom()).hasSize(1);
        assertThat(from.getAddress()).isEqualTo("no-reply@login.example");
        assertThat(from.getPersonal()).isEqualTo(words);
        assertThat(message.getRecipients(Message.RecipientType.TO)).hasSize(1);
        assertThat(message.getAllRecipients()).hasSize(1);
    }

    @Test
    void linesStayBelowTheLimitOfSmtp() throws Exception {
        var lines = new String(written(mail("ü".repeat(2000))), StandardCharsets.US_ASCII);

        assertThat(lines.split("\r\n")).allSatisfy(line -> assertThat(line).hasSizeLessThan(998));
    }
}

package io.latchkey.mail.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.mail.platform.UnusableSettingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DkimSignerTest {
    private static final KeyPair KEYS = keys(2048);
    @TempDir private Path directory;

    static KeyPair keys(int bits) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static DkimSigner signer(Path directory, KeyPair keys) throws Exception {
        return new DkimSigner(
                new DkimProperties("login.example", "s1", file(directory, pem(keys.getPrivate()))));
    }

    private static Path file(Path directory, String content) throws Exception {
        return Files.writeString(directory.resolve("dkim.pem"), content);
    }

    private static String pem(PrivateKey key) {
        var encoded = Base64.getMimeEncoder().encodeToString(key.getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n";
    }

    private String signed(String to, String words) throws Exception {
        var settings = new Properties();
        settings.put("mail.mime.allowutf8", "true");
        var message =
                MimeMessages.of(
                        SmtpRelayIT.mail(to, words), Session.getInstance(settings), Instant.EPOCH);
        signer(directory, KEYS).sign(message);
        var bytes = new ByteArrayOutputStream();
        message.writeTo(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** As any receiver does it, but that the public key is not asked of the DNS. */
    static List<SignatureRecord> verify(String mail, KeyPair keys) throws Exception {
        var published =
                "v=DKIM1; k=rsa; p="
                        + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        return new DKIMVerifier((_, _, _) -> List.of(published))
                .verify(new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "ada@example.com, Acme",
        "ada@example.com, 'Größe, ein langer Name, der über mehr als nur eine einzige Zeile geht'",
        "grüße@example.com, Acme",
        "ada@grüße.example, 日本語",
    })
    void aReaderCanTellWhoseTheMailIs(String to, String words) throws Exception {
        var signatures = verify(signed(to, words), KEYS);

        assertThat(signatures).hasSize(1);
        assertThat(signatures.getFirst().getDToken()).hasToString("login.example");
        assertThat(signatures.getFirst().getSelector()).hasToString("s1");
        assertThat(signatures.getFirst().getHashAlgo()).hasToString("sha-256");
        assertThat(signatures.getFirst().getHeaders().stream().map(CharSequence::toString))
                .contains("from", "to", "subject", "date", "message-id", "reply-to")
                .contains("mime-version", "content-type", "content-language", "auto-submitted");
    }

    @ParameterizedTest
    @CsvSource({
        "Subject: Acme, Subject: Acne",
        "To: <ada@example.com>, To: <eve@example.com>",
        "more text, other text",
        "Auto-Submitted: auto, Auto-Submitted: not",
        "Message-ID: <link_1, Message-ID: <link_2",
        "Subject: Acme, 'Subject: Acme\r\nSubject: Sign out'",
        "From: Acme, 'From: Eve <eve@example.com>\r\nFrom: Acme'",
        "MIME-Version:, 'Reply-To: <eve@login.example>\r\nMIME-Version:'",
    })
    void whatIsChangedOnTheWayIsSeen(String was, String is) throws Exception {
        var mail = signed("ada@example.com", "Acme");
        assertThat(mail).contains(was);

        assertThatThrownBy(() -> verify(mail.replaceFirst(was, is), KEYS))
                .isInstanceOf(FailException.class);
    }

    @Test
    void anotherKeyDoesNotFit() throws Exception {
        var mail = signed("ada@example.com", "Acme");

        assertThatThrownBy(() -> verify(mail, keys(2048))).isInstanceOf(FailException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Acme", "日本語"})
    void itsLinesAreShort(String words) throws Exception {
        var header =
                Pattern.compile("DKIM-Signature:.*(\\r\\n[ \\t].*)*")
                        .matcher(signed("ada@example.com", words))
                        .results()
                        .toList();

        assertThat(header).hasSize(1);
        assertThat(header.getFirst().group().lines())
                .hasSizeGreaterThan(8)
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThan(line.contains("h=") ? 200 : 79));
    }

    @Test
    void withoutAKeyNothingIsSigned() throws Exception {
        var message = new MimeMessage(Session.getInstance(new Properties()));

        new DkimSigner(new DkimProperties("", "", null)).sign(message);

        assertThat(message.getHeader("DKIM-Signature")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret-that-is-no-key",
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"
            })
    void aKeyThatIsNoneIsRefusedAndNotRepeated(String content) throws Exception {
        assertRefused(content);
    }

    @Test
    void aKeyOfAnotherKindOrTooFewBitsIsRefused() throws Exception {
        var ec = KeyPairGenerator.getInstance("EC").generateKeyPair();

        assertRefused(pem(ec.getPrivate()));
        assertRefused(pem(keys(512).getPrivate()));
    }

    private void assertRefused(String content) throws Exception {
        var properties = new DkimProperties("login.example", "s1", file(directory, content));

        assertThatThrownBy(() -> new DkimSigner(properties))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessageContaining("latchkey.mail.dkim.private-key-file")
                .hasMessageNotContaining("secret-that");
    }

    @ParameterizedTest
    @CsvSource({"'', s1, true", "login.example, '', true", "login.example, s1, false"})
    void halfOfTheSettingsIsRefused(String domain, String selector, boolean withKey)
            throws Exception {
        var key = withKey ? file(directory, pem(KEYS.getPrivate())) : null;

        assertThatThrownBy(() -> new DkimSigner(new DkimProperties(domain, selector, key)))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessageContaining("wanted");
    }
}

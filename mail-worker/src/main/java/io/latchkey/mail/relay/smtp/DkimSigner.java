package io.latchkey.mail.relay.smtp;

import io.latchkey.mail.platform.SecretFile;
import io.latchkey.mail.platform.UnusableSettingException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.exceptions.FailException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.stereotype.Component;

/**
 * Signs mails so that their reader's server knows that they come from the domain.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6376#section-5">RFC 6376 §5</a>
 */
@Component
final class DkimSigner {
    private static final String SETTING = "latchkey.mail.dkim.private-key-file";
    private static final String HEADER = "DKIM-Signature";

    /** What a reader sees or a server acts on; said twice, none can be added unseen. */
    private static final String SIGNED =
            "from:from:to:to:subject:subject:date:message-id:reply-to:reply-to:auto-submitted"
                    + ":content-type:content-language:mime-version";

    /**
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc8301#section-3.2">RFC 8301 §3.2</a>
     */
    private static final int FEWEST_BITS = 1024;

    /** Of what is not at its end, as a fold needs something behind it. */
    private static final String PIECES = ".{72}(?=.)";

    private final Optional<DKIMSigner> signer;

    DkimSigner(DkimProperties properties) {
        this.signer =
                Optional.ofNullable(properties.privateKeyFile())
                        .map(
                                file ->
                                        new DKIMSigner(
                                                template(properties),
                                                key(SecretFile.read(file, SETTING))));
        if (signer.isEmpty() && !(properties.domain() + properties.selector()).isEmpty()) {
            throw unusable("a file is wanted where a domain or a selector is set");
        }
    }

    private static String template(DkimProperties properties) {
        if (properties.domain().isEmpty() || properties.selector().isEmpty()) {
            throw unusable("domain and selector are wanted with it");
        }
        return "v=1; a=rsa-sha256; c=relaxed/relaxed; d=%s; s=%s; h=%s; bh=; b=;"
                .formatted(properties.domain(), properties.selector(), SIGNED);
    }

    private static PrivateKey key(String pem) {
        if (read(pem) instanceof RSAPrivateKey key && key.getModulus().bitLength() >= FEWEST_BITS) {
            return key;
        }
        throw unusable("no RSA key of 1024 bits at least, in PEM as PKCS #8 (BEGIN PRIVATE KEY)");
    }

    private static @Nullable PrivateKey read(String pem) {
        try {
            return PemContent.of(pem).getPrivateKey();
        } catch (IllegalStateException | IllegalArgumentException e) {
            // Not its message: it may repeat what it has read.
            return null;
        }
    }

    private static UnusableSettingException unusable(String reason) {
        return new UnusableSettingException(SETTING, new IllegalArgumentException(reason));
    }

    /** The message as it is; nothing in it may change any more. */
    void sign(MimeMessage message) throws MessagingException {
        if (signer.isEmpty()) {
            return;
        }
        try {
            var bytes = new ByteArrayOutputStream();
            message.writeTo(bytes);
            var line = signer.get().sign(new ByteArrayInputStream(bytes.toByteArray()));
            message.setHeader(HEADER, folded(line.substring(HEADER.length() + 1).strip()));
        } catch (IOException | FailException e) {
            throw new IllegalStateException("a mail cannot be signed", e);
        }
    }

    /**
     * Lines of a usual length. To a verifier a break instead of the blank between two tags is the
     * same, and one within the signature itself is nothing.
     */
    private static String folded(String value) {
        return Arrays.stream(value.split("; ", -1))
                .map(tag -> tag.startsWith("b=") ? tag.replaceAll(PIECES, "$0\r\n\t") : tag)
                .collect(Collectors.joining(";\r\n\t"));
    }
}

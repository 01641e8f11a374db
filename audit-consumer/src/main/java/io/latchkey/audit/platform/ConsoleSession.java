package io.latchkey.audit.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * What a browser is given for the audit token: proof that the token was known, good for {@link
 * #LIFETIME}. Nothing of it is kept here, so every node knows it; another audit token ends it.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc2104">RFC 2104</a>
 */
@Component
public final class ConsoleSession {
    /** From its beginning, whether it is used or not. */
    public static final Duration LIFETIME = Duration.ofHours(12);

    private static final String MAC = "HmacSHA256";
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})\\.([A-Za-z0-9_-]{43})");

    private final byte[] auditToken;
    private final InstantSource clock;

    ConsoleSession(AuditProperties properties, InstantSource clock) {
        this.auditToken = properties.auditToken().getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
    }

    /** A new one; empty where what is given is not the audit token. */
    public Optional<String> begin(String token) {
        if (!MessageDigest.isEqual(auditToken, token.getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        var end = clock.instant().plus(LIFETIME).getEpochSecond();
        return Optional.of(end + "." + proof(end));
    }

    /** Whose it is; empty for whatever is none, or is over. */
    Optional<AuditReader> reader(String session) {
        var parts = FORM.matcher(session);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var end = Long.parseLong(parts.group(1));
        var given = parts.group(2).getBytes(StandardCharsets.US_ASCII);
        var isOurs = MessageDigest.isEqual(proof(end).getBytes(StandardCharsets.US_ASCII), given);
        return isOurs && clock.instant().getEpochSecond() < end
                ? Optional.of(AuditReader.ofAllTenants(Instant.ofEpochSecond(end)))
                : Optional.empty();
    }

    private String proof(long end) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(auditToken, MAC));
            var text = "latchkey audit console until " + end;
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }
}

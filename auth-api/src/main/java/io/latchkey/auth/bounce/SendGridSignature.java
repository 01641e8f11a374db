package io.latchkey.auth.bounce;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;

/**
 * Knows calls of SendGrid: ECDSA with SHA-256 over the timestamp and the body, byte for byte. One
 * that is older than ten minutes is a replay.
 *
 * @see <a
 *     href="https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features">Signed
 *     Event Webhook</a>
 */
final class SendGridSignature {
    private static final Duration LONGEST_WAY = Duration.ofMinutes(10);
    private final PublicKey key;
    private final InstantSource clock;

    SendGridSignature(PublicKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /**
     * @param signature base64 of DER
     * @param timestamp seconds since 1970
     */
    boolean isGenuine(String signature, String timestamp, byte[] body) {
        return isOfNow(timestamp) && isSigned(signature, timestamp, body);
    }

    private boolean isOfNow(String timestamp) {
        if (!timestamp.matches("[0-9]{1,11}")) {
            return false;
        }
        var sentAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
        return Duration.between(sentAt, clock.instant()).abs().compareTo(LONGEST_WAY) <= 0;
    }

    private boolean isSigned(String signature, String timestamp, byte[] body) {
        try {
            var verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(key);
            verifier.update(timestamp.getBytes(StandardCharsets.US_ASCII));
            verifier.update(body);
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return false;
        }
    }
}

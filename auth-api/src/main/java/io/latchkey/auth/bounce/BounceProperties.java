package io.latchkey.auth.bounce;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may report bounces to {@code POST /api/v1/bounces/{provider}}.
 *
 * @param sendgrid where mails go out by Twilio SendGrid
 */
@ConfigurationProperties("latchkey.bounces")
record BounceProperties(@DefaultValue SendGrid sendgrid) {
    /**
     * @param verificationKey the public key of its signed Event Webhook, as its console shows it:
     *     base64 of DER, on the curve P-256; blank where the webhook is not used
     */
    record SendGrid(@DefaultValue("") String verificationKey) {
        SendGrid {
            if (!verificationKey.isBlank()) {
                parse(verificationKey);
            }
        }

        Optional<PublicKey> key() {
            return verificationKey.isBlank()
                    ? Optional.empty()
                    : Optional.of(parse(verificationKey));
        }

        private static PublicKey parse(String text) {
            try {
                var der = Base64.getDecoder().decode(text.strip());
                return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
            } catch (IllegalArgumentException | GeneralSecurityException e) {
                throw new IllegalArgumentException(
                        "latchkey.bounces.sendgrid.verification-key (expected: base64 of an EC"
                                + " public key in DER)",
                        e);
            }
        }
    }
}

package io.latchkey.audit.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is sent, and its proof.
 *
 * @param id the same for the same event, however often it is sent
 * @param timestamp of this try, seconds
 * @see <a
 *     href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">
 *     Standard Webhooks</a>
 */
record SignedWebhook(String id, long timestamp, String body, WebhookProperties.Webhook to) {
    private static final String ALGORITHM = "HmacSHA256";

    Map<String, String> headers() {
        return Map.of(
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(timestamp),
                "webhook-signature",
                "v1," + signature());
    }

    private String signature() {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(to.key(), ALGORITHM));
            var signed = id + "." + timestamp + "." + body;
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "SignedWebhook[" + id + "]";
    }
}

package io.latchkey.audit.webhook;

import java.net.URI;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is told of alerts.
 *
 * @param webhooks each with a name of its own
 */
@ConfigurationProperties("latchkey.alerts")
public record WebhookProperties(@DefaultValue List<Webhook> webhooks) {
    private static final int MIN_SECRET = 24;
    private static final int MAX_SECRET = 64;

    public WebhookProperties {
        webhooks = List.copyOf(webhooks);
        var names = new HashSet<String>();
        for (var webhook : webhooks) {
            if (!names.add(webhook.name())) {
                throw new IllegalArgumentException(
                        "latchkey.alerts.webhooks: " + webhook.name() + " is there twice");
            }
        }
    }

    /**
     * One of them.
     *
     * @param name under which is kept how far it was told; another name is told anew from now on
     * @param url http or https
     * @param secret signs what is sent: {@code whsec_} and the base64 of 24 to 64 bytes
     */
    public record Webhook(String name, URI url, String secret) {
        static final String PREFIX = "whsec_";

        public Webhook {
            if (name.isBlank()) {
                throw new IllegalArgumentException("name of a webhook: empty");
            }
            if (url.getHost() == null
                    || !("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
                throw new IllegalArgumentException("url of webhook " + name + ": no http(s) URL");
            }
            if (!isSecret(secret)) {
                throw new IllegalArgumentException(
                        "secret of webhook "
                                + name
                                + " (expected: whsec_ and base64 of 24 to 64 bytes)");
            }
        }

        private static boolean isSecret(String text) {
            try {
                var length = key(text).length;
                return text.startsWith(PREFIX) && length >= MIN_SECRET && length <= MAX_SECRET;
            } catch (IllegalArgumentException | StringIndexOutOfBoundsException _) {
                return false;
            }
        }

        private static byte[] key(String secret) {
            return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        }

        byte[] key() {
            return key(secret);
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Webhook[name=" + name + "]";
        }
    }
}

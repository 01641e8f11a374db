package io.latchkey.auth.platform;

import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What every installation sets.
 *
 * @param publicUrl where browsers reach us, without path: the only source of scheme, host and port
 *     in links, issuer and cookies; https, or http on loopback
 * @param keys the key ring, {@code kid:base64url(32 bytes)[,…]}
 * @param subjectKey base64url of 32 bytes; never changed
 * @param node names this process among its equals, in the source of its events
 */
@Validated
@ConfigurationProperties("latchkey")
public record LatchkeyProperties(
        URI publicUrl, @NotBlank String keys, @NotBlank String subjectKey, @NotBlank String node) {
    public LatchkeyProperties {
        var loopback =
                "localhost".equals(publicUrl.getHost())
                        || "127.0.0.1".equals(publicUrl.getHost())
                        || "[::1]".equals(publicUrl.getHost());
        var https = "https".equals(publicUrl.getScheme());
        var localHttp = "http".equals(publicUrl.getScheme()) && loopback;
        if (publicUrl.getHost() == null || !(https || localHttp)) {
            throw new IllegalArgumentException(
                    "latchkey.public-url: "
                            + publicUrl
                            + " (expected: https, or http on loopback)");
        }
        if (!publicUrl.getRawPath().isEmpty() || publicUrl.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "latchkey.public-url: " + publicUrl + " (expected: no path and no query)");
        }
    }

    /** Whether browsers come over TLS; else cookies lose their prefix and {@code Secure}. */
    public boolean https() {
        return "https".equals(publicUrl.getScheme());
    }

    @Override
    public String toString() {
        return "LatchkeyProperties[" + publicUrl + ", " + node + "]";
    }
}

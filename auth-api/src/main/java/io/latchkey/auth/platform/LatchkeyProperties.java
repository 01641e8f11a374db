package io.latchkey.auth.platform;

import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
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
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public LatchkeyProperties {
        var host = publicUrl.getHost();
        var https = "https".equals(publicUrl.getScheme());
        var localHttp = "http".equals(publicUrl.getScheme()) && LOOPBACK.contains(host);
        if (host == null || !(https || localHttp)) {
            throw malformed(publicUrl, "https, or http on loopback");
        }
        if (!publicUrl.toString().equals(origin(publicUrl, host, https ? 443 : 80))) {
            throw malformed(
                    publicUrl,
                    "scheme, host in lower case, and the port unless it is the usual one");
        }
    }

    /** As browsers spell it in {@code Origin}. */
    private static String origin(URI url, String host, int usualPort) {
        var port = url.getPort() < 0 || url.getPort() == usualPort ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + host.toLowerCase(Locale.ROOT) + port;
    }

    private static IllegalArgumentException malformed(URI url, String expected) {
        return new IllegalArgumentException(
                "latchkey.public-url: " + url + " (expected: " + expected + ")");
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

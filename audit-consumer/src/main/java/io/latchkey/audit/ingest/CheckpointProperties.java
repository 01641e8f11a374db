package io.latchkey.audit.ingest;

import io.latchkey.audit.platform.UnusableSettingException;
import io.latchkey.audit.tlog.SignerKey;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the log is signed.
 *
 * @param origin name of the log in its checkpoints, such as {@code login.example/audit}, which is
 *     the default, made of the issuer's; all checkpoints that somebody keeps have it, so it is to
 *     be set before the issuer's URL is changed
 * @param key signs the checkpoints: base64url of 64 bytes, as {@code checkpoint-key} makes it
 * @param interval between two checkpoints, where there are new events; 1 s to 60 s
 */
@ConfigurationProperties("latchkey.checkpoint")
public record CheckpointProperties(
        @DefaultValue("") String origin,
        @DefaultValue("") String key,
        @DefaultValue("10s") Duration interval) {
    private static final String PROBE = "probe";
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    public CheckpointProperties {
        require(
                origin.chars().noneMatch(c -> c <= ' ' || c == '+'),
                "latchkey.checkpoint.origin: malformed (expected: a host and a path)");
        require(
                interval.compareTo(SHORTEST) >= 0 && interval.compareTo(LONGEST) <= 0,
                "latchkey.checkpoint.interval: " + interval + " (expected: 1 s to 60 s)");
        require(
                isKey(key),
                "latchkey.checkpoint.key (LATCHKEY_CHECKPOINT_KEY): missing or malformed"
                        + " (expected: what the command checkpoint-key prints)");
    }

    private static boolean isKey(String key) {
        try {
            return SignerKey.parse(PROBE, key).verifierKey().name().equals(PROBE);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new UnusableSettingException(message);
        }
    }

    /** The key, ready to sign. */
    public SignerKey signerKey(URI issuer) {
        var ofIssuer = issuer.getRawAuthority() + issuer.getRawPath() + "/audit";
        return SignerKey.parse(origin.isEmpty() ? ofIssuer : origin, key);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "CheckpointProperties[origin=" + origin + ", interval=" + interval + "]";
    }
}

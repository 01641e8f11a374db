package io.latchkey.auth.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Hashes and checks client secrets. The hash is slow on purpose, so it is computed on two threads
 * of its own with a bounded queue, and a pair that was found right is remembered for a minute, by a
 * keyed hash whose key dies with the process.
 */
@Component
public class ClientSecrets {
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int QUEUE = 200;

    /** BCrypt reads no further. */
    private static final int MAX_BYTES = 72;

    private final PasswordEncoder encoder = new BCryptPasswordEncoder();
    private final Scheduler threads = Schedulers.newBoundedElastic(2, QUEUE, "client-secrets");
    private final Cache<String, Boolean> right =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(10_000).build();
    private final SecretKeySpec key = randomKey();

    /**
     * @throws IllegalArgumentException if it is longer than 72 bytes or shorter than 16
     */
    public String hash(String secret) {
        var bytes = secret.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 16 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "client secret: " + bytes + " bytes (expected: 16 to 72)");
        }
        return encoder.encode(secret);
    }

    /**
     * Whether the secret belongs to one of the hashes. Errors with {@link
     * java.util.concurrent.RejectedExecutionException} when too many are being checked.
     */
    public Mono<Boolean> matches(String secret, List<String> hashes) {
        if (secret.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Mono.just(false);
        }
        var memory = fingerprint(secret, hashes);
        if (right.getIfPresent(memory) != null) {
            return Mono.just(true);
        }
        return Mono.fromCallable(() -> hashes.stream().anyMatch(h -> encoder.matches(secret, h)))
                .subscribeOn(threads)
                .doOnNext(
                        matches -> {
                            if (matches) {
                                right.put(memory, true);
                            }
                        });
    }

    private String fingerprint(String secret, List<String> hashes) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(String.join(",", hashes).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is missing from this Java runtime", e);
        }
    }

    private static SecretKeySpec randomKey() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new SecretKeySpec(bytes, "HmacSHA256");
    }
}

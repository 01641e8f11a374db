package io.latchkey.auth.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Hashes and checks client secrets. The hash is slow on purpose, so it is computed on a thread of
 * its own with a short queue. A pair that was found right is remembered while it is used, by a
 * keyed hash whose key dies with the process: whoever floods us with wrong secrets does not keep
 * out those who have been calling with the right one.
 */
@Component
public class ClientSecrets {
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int QUEUE = 50;

    /**
     * What HTTP Basic, forms and their encodings leave as it is; BCrypt reads 72 bytes and no
     * further.
     */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{16,72}");

    private final PasswordEncoder encoder = new BCryptPasswordEncoder();
    private final Scheduler thread = Schedulers.newBoundedElastic(1, QUEUE, "client-secrets");
    private final Cache<String, Boolean> right =
            Caffeine.newBuilder().expireAfterAccess(REMEMBERED).maximumSize(10_000).build();

    /**
     * One check for all who ask at the same time, as a busy app does of a node that has started.
     */
    private final ConcurrentMap<String, Mono<Boolean>> underWay = new ConcurrentHashMap<>();

    private final SecretKeySpec key = randomKey();

    /**
     * @throws IllegalArgumentException if it is not of the form; the message does not repeat it
     */
    public String hash(String secret) {
        if (!FORM.matcher(secret).matches()) {
            throw new IllegalArgumentException(
                    "client secret (expected: 16 to 72 characters of [A-Za-z0-9._-])");
        }
        return encoder.encode(secret);
    }

    /**
     * Likewise, for those who may not wait. Errors with {@link RejectedExecutionException} when too
     * many are under way.
     */
    Mono<String> hashLater(String secret) {
        return Mono.fromCallable(() -> hash(secret))
                .subscribeOn(thread)
                .timeout(PATIENCE, Mono.error(RejectedExecutionException::new));
    }

    /**
     * Whether the secret belongs to one of the hashes. Errors with {@link
     * RejectedExecutionException} when too many are being checked.
     */
    public Mono<Boolean> matches(String secret, List<String> hashes) {
        if (!FORM.matcher(secret).matches()) {
            return Mono.just(false);
        }
        var memory = fingerprint(secret, hashes);
        if (right.getIfPresent(memory) != null) {
            return Mono.just(true);
        }
        return underWay.computeIfAbsent(memory, _ -> check(secret, hashes, memory))
                .timeout(PATIENCE, Mono.error(RejectedExecutionException::new));
    }

    /** Goes on though nobody waits any more: who asks next has the answer. */
    private Mono<Boolean> check(String secret, List<String> hashes, String memory) {
        return Mono.fromCallable(() -> hashes.stream().anyMatch(h -> encoder.matches(secret, h)))
                .subscribeOn(thread)
                .doOnNext(
                        matches -> {
                            if (matches) {
                                right.put(memory, true);
                            }
                        })
                .doFinally(_ -> underWay.remove(memory))
                .cache();
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

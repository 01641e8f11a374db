package io.latchkey.auth.token;

import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The keys that tokens are signed with: the newest signs, all are published. Read before this node
 * turns ready and every minute after; the first key of an installation is made here.
 */
@Component
public class SigningKeys implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(200);
    private final SigningKeyStore store;
    private volatile List<SigningKey> keys = List.of();

    SigningKeys(SigningKeyStore store) {
        this.store = store;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        load()
                // A cold process beside others may miss the time that a caller would wait.
                .retryWhen(
                        Retry.fixedDelay(10, RETRY_PAUSE)
                                .filter(TimeoutException.class::isInstance))
                .block(PATIENCE);
    }

    /** The key that signs now. */
    SigningKey current() {
        if (keys.isEmpty()) {
            throw new IllegalStateException("No signing key is loaded yet");
        }
        return keys.getFirst();
    }

    /** One of our own, by its kid: a token never brings its key. */
    Optional<ECPublicKey> publicKey(String kid) {
        return keys.stream()
                .filter(k -> k.kid().equals(kid))
                .map(SigningKey::publicKey)
                .findFirst();
    }

    /**
     * The public keys, as verifiers fetch them.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc7517#section-5">RFC 7517 §5</a>
     */
    public Map<String, Object> jwks() {
        return Map.of("keys", keys.stream().map(SigningKeys::jwk).toList());
    }

    private static Jwk<ECPublicKey> jwk(SigningKey key) {
        return Jwks.builder()
                .key(key.publicKey())
                .id(key.kid())
                .algorithm(Jwts.SIG.ES256.getId())
                .publicKeyUse("sig")
                .build();
    }

    @Scheduled(initialDelay = 60, fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
    Mono<Void> reload() {
        return load().onErrorResume(
                        error -> {
                            LOG.atWarn()
                                    .addKeyValue("cause", error.getClass().getSimpleName())
                                    .log("Signing keys could not be read again");
                            return Mono.empty();
                        });
    }

    private Mono<Void> load() {
        return usable().switchIfEmpty(make(store::addFirst))
                // The first key is there, but under an entry that the ring no longer has.
                .switchIfEmpty(make(store::add))
                .doOnNext(found -> keys = found)
                .then();
    }

    private Mono<List<SigningKey>> usable() {
        return store.all().filter(found -> !found.isEmpty());
    }

    private Mono<List<SigningKey>> make(Function<SigningKey, Mono<Void>> keep) {
        return Mono.defer(
                () -> {
                    var key = SigningKey.of(Jwts.SIG.ES256.keyPair().build());
                    LOG.atInfo().addKeyValue("kid", key.kid()).log("Making a signing key");
                    return keep.apply(key).then(usable());
                });
    }
}

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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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
 * The keys that tokens are signed with: the newest that everybody has had time to learn of signs,
 * all are published. Read before this node turns ready, every minute after, and soon after a token
 * names one that is not known; the first key of an installation is made here.
 */
@Component
public class SigningKeys implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(200);
    private final SigningKeyStore store;
    private final SigningKeyProperties properties;
    private final AtomicBoolean unknownAsked = new AtomicBoolean();
    private final AtomicLong readings = new AtomicLong();
    private volatile Reading present = new Reading(0, List.of());

    SigningKeys(SigningKeyStore store, SigningKeyProperties properties) {
        this.store = store;
        this.properties = properties;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        Mono.defer(this::load)
                // A cold process beside others may miss the time that a caller would wait.
                .retryWhen(
                        Retry.fixedDelay(10, RETRY_PAUSE)
                                .filter(TimeoutException.class::isInstance))
                .block(PATIENCE);
    }

    /** The key that signs now: where none has been published for long enough, the oldest. */
    SigningKey current() {
        var keys = present.keys();
        if (keys.isEmpty()) {
            throw new IllegalStateException("No signing key is loaded yet");
        }
        return keys.stream().filter(PublishedKey::signs).findFirst().orElse(keys.getLast()).key();
    }

    /**
     * One of our own, by its kid: a token never brings its key. Where it is not known, other nodes'
     * newest keys are looked for soon, however many tokens name it.
     */
    Optional<ECPublicKey> publicKey(String kid) {
        var found =
                present.keys().stream()
                        .map(PublishedKey::key)
                        .filter(k -> k.kid().equals(kid))
                        .map(SigningKey::publicKey)
                        .findFirst();
        if (found.isEmpty()) {
            unknownAsked.set(true);
        }
        return found;
    }

    /**
     * The public keys, as verifiers fetch them.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc7517#section-5">RFC 7517 §5</a>
     */
    public Map<String, Object> jwks() {
        return Map.of("keys", present.keys().stream().map(SigningKeys::jwk).toList());
    }

    private static Jwk<ECPublicKey> jwk(PublishedKey published) {
        var key = published.key();
        return Jwks.builder()
                .key(key.publicKey())
                .id(key.kid())
                .algorithm(Jwts.SIG.ES256.getId())
                .publicKeyUse("sig")
                .build();
    }

    @Scheduled(initialDelay = 60, fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
    Mono<Void> reload() {
        // Spring calls this once and subscribes every time.
        return Mono.defer(this::load)
                .onErrorResume(
                        error -> {
                            LOG.atWarn()
                                    .addKeyValue("cause", error.getClass().getSimpleName())
                                    .log("Signing keys could not be read again");
                            return Mono.empty();
                        });
    }

    @Scheduled(initialDelay = 5, fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    Mono<Void> reloadWhereAsked() {
        return Mono.defer(() -> unknownAsked.getAndSet(false) ? reload() : Mono.empty());
    }

    Mono<Void> load() {
        var number = readings.incrementAndGet();
        return usable().switchIfEmpty(make(store::addFirst))
                // The first key is there, but under an entry that the ring no longer has.
                .switchIfEmpty(make(key -> store.replaceNewest(key, Duration.ZERO, null).then()))
                .doOnNext(found -> keep(new Reading(number, found)))
                .then();
    }

    /** Of two readings at once, the one that began later has seen more, whichever ends first. */
    private synchronized void keep(Reading reading) {
        if (reading.number() > present.number()) {
            present = reading;
        }
    }

    /** What the database held, newest first, and when that was read. */
    private record Reading(long number, List<PublishedKey> keys) {}

    private Mono<List<PublishedKey>> usable() {
        return store.all(properties.publishBefore()).filter(found -> !found.isEmpty());
    }

    private Mono<List<PublishedKey>> make(Function<SigningKey, Mono<Void>> keep) {
        return Mono.defer(
                () -> {
                    var key = SigningKey.next();
                    LOG.atInfo().addKeyValue("kid", key.kid()).log("Making a signing key");
                    return keep.apply(key).then(usable());
                });
    }
}

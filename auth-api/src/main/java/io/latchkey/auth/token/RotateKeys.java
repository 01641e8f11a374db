package io.latchkey.auth.token;

import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.events.AdminActed;
import io.latchkey.events.EventContext;
import io.latchkey.events.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Replaces the newest signing key, on command and when it is old enough. Nobody is signed out
 * (S14): the new one is published before it signs, and those before it stay published for as long
 * as anybody shows what they signed.
 */
@Service
public class RotateKeys {
    private static final Logger LOG = LoggerFactory.getLogger(RotateKeys.class);
    private final SigningKeyStore store;
    private final SigningKeys keys;
    private final OutboxRelay relay;
    private final SigningKeyProperties properties;

    RotateKeys(
            SigningKeyStore store,
            SigningKeys keys,
            OutboxRelay relay,
            SigningKeyProperties properties) {
        this.store = store;
        this.keys = keys;
        this.relay = relay;
        this.properties = properties;
    }

    /** The kid of the new key; empty where another call replaced the same one at this moment. */
    public Mono<String> rotate(String actor, String requestId) {
        var context = EventContext.of(null, null, requestId).withOutcome(Outcome.SUCCESS, null);
        return store.replaceNewest(
                        SigningKey.next(),
                        Duration.ZERO,
                        new AdminActed(context, "keys.rotate", actor))
                .flatMap(
                        made -> {
                            relay.publish(made.events());
                            return keys.load().thenReturn(made.value().kid());
                        });
    }

    @Scheduled(initialDelay = 2, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    Mono<Void> keepUp() {
        // Spring calls this once and subscribes every time: each round makes a key of its own.
        return Mono.defer(this::replaceOld)
                .then(Mono.defer(() -> store.forget(properties.keepAfter())))
                .doOnNext(
                        forgotten -> {
                            if (forgotten > 0) {
                                LOG.atInfo()
                                        .addKeyValue("keys", forgotten)
                                        .log("Forgot signing keys that were replaced long ago");
                            }
                        })
                .then()
                .onErrorResume(
                        error -> {
                            LOG.atWarn()
                                    .addKeyValue("cause", error.getClass().getSimpleName())
                                    .log("Signing keys could not be rotated");
                            return Mono.empty();
                        });
    }

    private Mono<Void> replaceOld() {
        return store.replaceNewest(SigningKey.next(), properties.rotateAfter(), null)
                .doOnNext(
                        made ->
                                LOG.atInfo()
                                        .addKeyValue("kid", made.value().kid())
                                        .log("Signing key replaced by schedule"))
                .then();
    }
}

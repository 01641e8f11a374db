package io.latchkey.auth.app;

import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.events.AppId;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Forgets an app and ends its links and sessions. There may be many, so they go in batches: the
 * caller has his answer after the last. What a node left that died in between, another one ends.
 */
@Service
public class DeleteApp {
    private static final Logger LOG = LoggerFactory.getLogger(DeleteApp.class);
    private static final int AT_ONCE = 500;
    private final AppStore apps;
    private final OutboxRelay relay;
    private final AppRegistry registry;

    DeleteApp(AppStore apps, OutboxRelay relay, AppRegistry registry) {
        this.apps = apps;
        this.relay = relay;
        this.registry = registry;
    }

    /** Whether there was one. */
    public Mono<Boolean> delete(AppId id, String requestId) {
        return apps.look(id)
                .flatMap(
                        stored ->
                                apps.delete(
                                        id,
                                        AppActs.byAdministrator(
                                                stored.app(), AppActs.DELETE, requestId)))
                .doOnNext(relay::publish)
                .doOnNext(_ -> registry.forget(id))
                .flatMap(
                        _ ->
                                endOrphans(id, requestId)
                                        .onErrorComplete(this::later)
                                        .thenReturn(true))
                .defaultIfEmpty(false);
    }

    /** It is gone, and noted as such: what cannot be ended now is ended within the hour. */
    private boolean later(Throwable error) {
        LOG.atWarn()
                .addKeyValue("cause", error.getClass().getSimpleName())
                .log("Sessions of deleted apps could not be ended");
        return true;
    }

    @Scheduled(initialDelay = 2, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    Mono<Void> endWhatIsLeft() {
        // Spring calls this once and subscribes every time.
        return Mono.defer(
                () ->
                        apps.deleted()
                                .concatMap(id -> endOrphans(id, null))
                                .then(Mono.defer(apps::forgetDeleted))
                                .onErrorComplete(this::later)
                                .then());
    }

    private Mono<Void> endOrphans(AppId id, @Nullable String requestId) {
        return Mono.defer(() -> apps.endOrphans(id, AT_ONCE, requestId))
                .map(
                        events -> {
                            relay.publish(events);
                            return true;
                        })
                .defaultIfEmpty(false)
                .repeat()
                .takeWhile(more -> more)
                .then();
    }
}

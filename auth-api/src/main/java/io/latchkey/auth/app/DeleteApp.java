package io.latchkey.auth.app;

import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.auth.platform.Batches;
import io.latchkey.events.AppId;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Forgets an app and ends its links and sessions. There may be many, so they go in batches: the
 * caller has his answer after some of them, when the app can do nothing any more. What is left
 * then, or by a node that died in between, is ended within the hour.
 */
@Service
public class DeleteApp {
    private static final Logger LOG = LoggerFactory.getLogger(DeleteApp.class);
    private static final int AT_ONCE = 500;
    private static final int SHORT_RUN = 20;
    private static final int LONGEST_RUN = 1000;
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
                .flatMap(_ -> endOrphans(id, requestId, SHORT_RUN).thenReturn(true))
                .defaultIfEmpty(false);
    }

    @Scheduled(initialDelay = 2, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    Mono<Void> endWhatIsLeft() {
        return Batches.orNextRound(
                Mono.defer(
                        () ->
                                apps.deleted()
                                        .collectList()
                                        .flatMapIterable(Function.identity())
                                        .concatMap(id -> endOrphans(id, null, LONGEST_RUN))
                                        .then(Mono.defer(apps::forgetDeleted))
                                        .then()),
                LOG,
                "Deleted apps could not be looked at");
    }

    /** One app's trouble is no other's. */
    private Mono<Void> endOrphans(AppId id, @Nullable String requestId, int longestRun) {
        return Batches.orNextRound(
                Batches.whileMore(() -> endSome(id, requestId), longestRun),
                LOG,
                "Sessions of a deleted app could not be ended");
    }

    private Mono<Boolean> endSome(AppId id, @Nullable String requestId) {
        return apps.endOrphans(id, AT_ONCE, requestId)
                .map(
                        events -> {
                            relay.publish(events);
                            return true;
                        });
    }
}

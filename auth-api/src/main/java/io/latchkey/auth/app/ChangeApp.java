package io.latchkey.auth.app;

import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.events.AppId;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Changes settings of an app: seen by every node within the five seconds of the registry. */
@Service
public class ChangeApp {
    private static final int TRIES = 5;
    private final AppStore apps;
    private final OutboxRelay relay;
    private final AppRegistry registry;

    ChangeApp(AppStore apps, OutboxRelay relay, AppRegistry registry) {
        this.apps = apps;
        this.relay = relay;
        this.registry = registry;
    }

    /**
     * The app as it is afterwards; empty where there is none. Two that change it at once both do,
     * one after the other.
     *
     * @param change gives settings without error, or throws; called again where another was faster
     */
    public Mono<StoredApp> change(AppId id, UnaryOperator<AppSettings> change, String requestId) {
        return Mono.defer(() -> apps.look(id))
                .flatMap(
                        stored ->
                                attempt(stored, change, requestId)
                                        .switchIfEmpty(Mono.error(Overtaken::new)))
                .retryWhen(
                        Retry.max(TRIES)
                                .filter(Overtaken.class::isInstance)
                                .onRetryExhaustedThrow(
                                        (_, _) ->
                                                Problem.of(
                                                        ProblemCode.CONFLICT,
                                                        "Others are changing this app.")));
    }

    private Mono<StoredApp> attempt(
            StoredApp stored, UnaryOperator<AppSettings> change, String requestId) {
        var app = stored.app();
        var before = AppSettings.of(app);
        var after = change.apply(before);
        if (after.equals(before)) {
            return Mono.just(stored);
        }
        return apps.change(
                        app.id(),
                        stored.version(),
                        after,
                        AppActs.byAdministrator(app, AppActs.UPDATE, requestId))
                .map(
                        changed -> {
                            relay.publish(changed.events());
                            registry.forget(app.id());
                            return changed.value();
                        });
    }

    /** Somebody else has changed it meanwhile. */
    private static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overtaken() {
            super("changed meanwhile", null, false, false);
        }
    }
}

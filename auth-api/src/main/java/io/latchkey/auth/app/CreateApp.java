package io.latchkey.auth.app;

import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.events.AppId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Registers an app. */
@Service
public class CreateApp {
    private final AppStore apps;
    private final ClientSecrets secrets;
    private final OutboxRelay relay;
    private final AppRegistry registry;

    CreateApp(AppStore apps, ClientSecrets secrets, OutboxRelay relay, AppRegistry registry) {
        this.apps = apps;
        this.secrets = secrets;
        this.relay = relay;
        this.registry = registry;
    }

    /**
     * What was made.
     *
     * @param secret of a confidential app; nobody will know it again
     */
    public record Created(StoredApp app, @Nullable NewSecret secret) {}

    /**
     * @param settings found to be without error
     */
    public Mono<Created> create(
            String tenant, App.Type type, AppSettings settings, String requestId) {
        if (type == App.Type.PUBLIC) {
            return keep(settings.app(AppId.next(), tenant, type, List.of()), null, requestId);
        }
        var secret = NewSecret.next();
        return secrets.hashLater(secret.value())
                .map(hash -> settings.app(AppId.next(), tenant, type, List.of(hash)))
                .flatMap(app -> keep(app, secret, requestId));
    }

    private Mono<Created> keep(App app, @Nullable NewSecret secret, String requestId) {
        return apps.createIfAbsent(app, AppActs.byAdministrator(app, AppActs.CREATE, requestId))
                .doOnNext(relay::publish)
                .doOnNext(_ -> registry.forget(app.id()))
                .flatMap(_ -> apps.look(app.id()))
                .map(stored -> new Created(stored, secret))
                .switchIfEmpty(
                        Mono.error(() -> new IllegalStateException("a new id that is taken")));
    }
}

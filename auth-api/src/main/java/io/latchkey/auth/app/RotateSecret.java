package io.latchkey.auth.app;

import io.latchkey.auth.app.RotateSecretResult.NoSecrets;
import io.latchkey.auth.app.RotateSecretResult.Rotated;
import io.latchkey.auth.app.RotateSecretResult.UnknownApp;
import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.events.AppId;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Gives an app a further secret. The newest two are valid: the one before stays good until the next
 * time, so that its backends can change over one by one.
 */
@Service
public class RotateSecret {
    private final AppStore apps;
    private final ClientSecrets secrets;
    private final OutboxRelay relay;
    private final AppRegistry registry;

    RotateSecret(AppStore apps, ClientSecrets secrets, OutboxRelay relay, AppRegistry registry) {
        this.apps = apps;
        this.secrets = secrets;
        this.relay = relay;
        this.registry = registry;
    }

    public Mono<RotateSecretResult> rotate(AppId id, String requestId) {
        return apps.look(id)
                .flatMap(
                        stored ->
                                stored.app().type() == App.Type.CONFIDENTIAL
                                        ? add(stored.app(), requestId)
                                        : Mono.just(new NoSecrets()))
                .defaultIfEmpty(new UnknownApp());
    }

    private Mono<RotateSecretResult> add(App app, String requestId) {
        var secret = NewSecret.next();
        var event = AppActs.byAdministrator(app, AppActs.ROTATE_SECRET, requestId);
        return secrets.hashLater(secret.value())
                .flatMap(hash -> apps.addSecret(app.id(), hash, event))
                .map(
                        events -> {
                            relay.publish(events);
                            registry.forget(app.id());
                            return new Rotated(secret);
                        });
    }
}

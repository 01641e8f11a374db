package io.latchkey.auth.app;

import java.util.List;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Tells whether a caller is the app that it says it is. */
@Service
public class ClientCredentials {
    /** Checked for unknown apps, so that they take as long to refuse as known ones. */
    private final List<String> nobody;

    private final AppRegistry apps;
    private final ClientSecrets secrets;

    ClientCredentials(AppRegistry apps, ClientSecrets secrets) {
        this.apps = apps;
        this.secrets = secrets;
        this.nobody = List.of(secrets.hash("nobody has this secret"));
    }

    /** The app, or empty: unknown, public, or the wrong secret, without saying which. */
    public Mono<App> authenticate(String clientId, String secret) {
        return apps.find(clientId)
                .filter(app -> !app.secretHashes().isEmpty())
                .flatMap(
                        app ->
                                secrets.matches(secret, app.secretHashes())
                                        .filter(ok -> ok)
                                        .map(_ -> app))
                .switchIfEmpty(Mono.defer(() -> refuse(clientId, secret)));
    }

    private Mono<App> refuse(String clientId, String secret) {
        return apps.find(clientId)
                .filter(app -> !app.secretHashes().isEmpty())
                .hasElement()
                .flatMap(
                        known ->
                                known
                                        ? Mono.empty()
                                        : secrets.matches(secret, nobody).then(Mono.empty()));
    }
}

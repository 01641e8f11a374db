package io.latchkey.auth.app;

import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Tells whether a caller is the app that it says it is. Client ids are no secret; secrets are. */
@Service
public class ClientCredentials {
    private final AppRegistry apps;
    private final ClientSecrets secrets;

    ClientCredentials(AppRegistry apps, ClientSecrets secrets) {
        this.apps = apps;
        this.secrets = secrets;
    }

    /** The app, or empty: unknown, public, our own, or the wrong secret, without saying which. */
    public Mono<App> authenticate(BasicCredentials credentials) {
        return apps.find(credentials.clientId())
                .filter(app -> !app.secretHashes().isEmpty() && !app.builtIn())
                .filterWhen(app -> secrets.matches(credentials.secret(), app.secretHashes()));
    }
}

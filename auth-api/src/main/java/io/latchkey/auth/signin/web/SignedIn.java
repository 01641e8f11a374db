package io.latchkey.auth.signin.web;

import io.latchkey.auth.app.App;
import io.latchkey.auth.app.AppRegistry;
import io.latchkey.auth.link.ConfirmRedirect;
import io.latchkey.auth.link.Link;
import io.latchkey.auth.session.HostedSessions;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What a browser is answered that has confirmed a link on a page of ours. */
@Component
class SignedIn {
    private final HostedSessions sessions;
    private final AppRegistry apps;
    private final ConfirmRedirect redirects;

    SignedIn(HostedSessions sessions, AppRegistry apps, ConfirmRedirect redirects) {
        this.sessions = sessions;
        this.apps = apps;
        this.redirects = redirects;
    }

    /**
     * 303 to where the link was asked for, with the authorization code; our own pages need none,
     * since the browser is signed in on them.
     */
    Mono<ResponseEntity<String>> answer(Link link, ServerWebExchange exchange) {
        return sessions.begin(link.id(), link.tenant(), exchange)
                .then(Mono.defer(() -> apps.find(link.appId())))
                .map(app -> ResponseEntity.status(HttpStatus.SEE_OTHER).location(target(app, link)))
                .map(ResponseEntity.HeadersBuilder::build);
    }

    private URI target(App app, Link link) {
        return app.builtIn() ? URI.create(link.redirectUri()) : redirects.of(link);
    }
}

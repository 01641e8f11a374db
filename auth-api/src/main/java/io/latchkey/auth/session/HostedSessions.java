package io.latchkey.auth.session;

import io.latchkey.auth.app.BuiltInApps;
import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.auth.problem.RequestId;
import io.latchkey.events.LinkId;
import io.latchkey.events.SessionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Whether a browser is signed in on our own pages. It is from the moment that it confirms a link
 * there, by button or by code, whatever app the link was for; every app of the tenant signs in by
 * it without another mail.
 */
@Service
public class HostedSessions {
    private static final Logger LOG = LoggerFactory.getLogger(HostedSessions.class);
    private final HostedSessionStore store;
    private final HostedCookie cookie;
    private final BuiltInApps builtInApps;
    private final OutboxRelay relay;

    HostedSessions(
            HostedSessionStore store,
            HostedCookie cookie,
            BuiltInApps builtInApps,
            OutboxRelay relay) {
        this.store = store;
        this.cookie = cookie;
        this.builtInApps = builtInApps;
        this.relay = relay;
    }

    /** Of the browser that asks; empty where it has none, or that has ended (S16). */
    public Mono<Session> of(ServerWebExchange exchange) {
        return Mono.justOrEmpty(cookie.of(exchange)).flatMap(store::find);
    }

    /**
     * Signs the browser in that has just confirmed this link on one of our pages; a double click
     * leads to one session. It never fails: the link is used up by now, and a browser that we
     * cannot remember is asked again another time.
     *
     * @param tenant the link's
     */
    public Mono<Void> begin(LinkId link, String tenant, ServerWebExchange exchange) {
        return builtInApps
                .of(tenant)
                .flatMap(
                        app ->
                                store.begin(
                                        SessionId.next(),
                                        link,
                                        cookie.of(exchange),
                                        app,
                                        RequestId.of(exchange)))
                .map(
                        begun -> {
                            relay.publish(begun.events());
                            cookie.set(exchange, begun.value());
                            return true;
                        })
                .onErrorResume(
                        error -> {
                            LOG.atWarn()
                                    .addKeyValue("link_id", link)
                                    .addKeyValue("cause", error.getClass().getSimpleName())
                                    .log("A browser could not be remembered");
                            return Mono.empty();
                        })
                // It may be somebody else's: nobody is signed in rather than the wrong one.
                .switchIfEmpty(Mono.fromRunnable(() -> cookie.clear(exchange)))
                .then();
    }

    /** Makes the browser forget a session that has ended. */
    public void forget(ServerWebExchange exchange) {
        cookie.clear(exchange);
    }
}

package io.latchkey.auth.link;

import io.latchkey.auth.app.App;
import io.latchkey.auth.limit.Budget;
import io.latchkey.auth.link.LinkStore.Acceptance.Kept;
import io.latchkey.auth.link.LinkStore.Acceptance.Limited;
import io.latchkey.auth.link.NamedUsers.Found.Address;
import io.latchkey.auth.link.NamedUsers.Found.Nobody;
import io.latchkey.auth.link.RequestResult.Accepted;
import io.latchkey.auth.link.RequestResult.KeyConflict;
import io.latchkey.auth.link.RequestResult.RateLimited;
import io.latchkey.auth.link.RequestResult.RedirectNotAllowed;
import io.latchkey.auth.link.RequestResult.SignUpClosed;
import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.auth.outbox.Refusals;
import io.latchkey.events.EventContext;
import io.latchkey.events.Intent;
import io.latchkey.events.LinkRefused;
import io.latchkey.events.Outcome;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.RequestDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Accepts a request for a link: durably, and with the order for its mail, or not at all. */
@Service
public class RequestLink {
    private final LinkStore links;
    private final NamedUsers namedUsers;
    private final NewLinks newLinks;
    private final OutboxRelay relay;
    private final Refusals refusals;
    private final KeyRing ring;

    RequestLink(
            LinkStore links,
            NamedUsers namedUsers,
            NewLinks newLinks,
            OutboxRelay relay,
            Refusals refusals,
            KeyRing ring) {
        this.links = links;
        this.namedUsers = namedUsers;
        this.newLinks = newLinks;
        this.relay = relay;
        this.refusals = refusals;
        this.ring = ring;
    }

    /**
     * @param idempotencyKey the caller's name for this request
     * @param body as sent: what the key is bound to
     */
    public Mono<RequestResult> request(
            App app,
            LinkRequest request,
            Optional<String> idempotencyKey,
            byte[] body,
            String requestId) {
        if (!app.allowsRedirectTo(request.redirectUri())) {
            return Mono.just(new RedirectNotAllowed());
        }
        var identifier = request.identifier();
        var asked = identifier == null ? request : request.to(newLinks.standIn(identifier));
        var context = newLinks.context(app, asked, requestId);
        if (request.intent() == Intent.SIGN_UP && !app.signUpOpen()) {
            refuse(context, "sign_up_closed", null);
            return Mono.just(new SignUpClosed());
        }
        var key = idempotencyKey.map(k -> new IdempotencyKey(k, RequestDigest.of(body, ring)));
        if (identifier == null) {
            return accept(app, asked, key, body, requestId);
        }
        return namedUsers
                .find(app, identifier, newLinks.counted(app, identifier))
                .flatMap(
                        found ->
                                switch (found) {
                                    case Address(var email) ->
                                            accept(app, asked.to(email), key, body, requestId);
                                    case Nobody _ ->
                                            accept(app, asked.toNobody(), key, body, requestId);
                                    case NamedUsers.Found.Limited(var budget) ->
                                            repeated(app, key, body)
                                                    .switchIfEmpty(
                                                            Mono.fromSupplier(
                                                                    () ->
                                                                            limited(
                                                                                    context,
                                                                                    budget)));
                                });
    }

    private Mono<RequestResult> accept(
            App app,
            LinkRequest request,
            Optional<IdempotencyKey> key,
            byte[] body,
            String requestId) {
        var context = newLinks.context(app, request, requestId);
        var link = newLinks.of(app, request, context, key);
        return accept(link, context)
                .switchIfEmpty(Mono.defer(() -> repeated(app, key, body)))
                // The key was forgotten between the two looks: its 24 hours have just ended.
                .switchIfEmpty(Mono.defer(() -> accept(link, context)))
                .switchIfEmpty(
                        Mono.error(() -> new IllegalStateException("neither new nor repeated")));
    }

    private Mono<RequestResult> accept(LinkStore.NewLink link, EventContext context) {
        return links.accept(link)
                .map(
                        acceptance ->
                                switch (acceptance) {
                                    case Kept(var expiresAt, var budget) -> {
                                        relay.publish(expiresAt.events());
                                        yield new Accepted(link.id(), expiresAt.value(), budget);
                                    }
                                    case Limited(var budget) -> limited(context, budget);
                                });
    }

    private RequestResult limited(EventContext context, Budget budget) {
        refuse(context, "rate_limited", budget.reached().orElse(null));
        return new RateLimited(budget);
    }

    private void refuse(EventContext context, String reason, @Nullable String limit) {
        refusals.record(new LinkRefused(context.withOutcome(Outcome.REFUSED, reason), limit));
    }

    private Mono<RequestResult> repeated(App app, Optional<IdempotencyKey> key, byte[] body) {
        return Mono.justOrEmpty(key)
                .flatMap(k -> links.firstUse(app.id(), k.value()))
                .map(
                        first ->
                                RequestDigest.matches(first.digest(), body, ring)
                                        ? new Accepted(
                                                first.linkId(), first.expiresAt(), Budget.NONE)
                                        : new KeyConflict());
    }
}

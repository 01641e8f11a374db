package io.latchkey.auth.link;

import io.latchkey.auth.app.App;
import io.latchkey.auth.link.RequestResult.Accepted;
import io.latchkey.auth.link.RequestResult.KeyConflict;
import io.latchkey.auth.link.RequestResult.RedirectNotAllowed;
import io.latchkey.auth.link.RequestResult.SignUpClosed;
import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.auth.outbox.Refusals;
import io.latchkey.auth.platform.LatchkeyProperties;
import io.latchkey.events.EventContext;
import io.latchkey.events.Intent;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRefused;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.LinkSuppressed;
import io.latchkey.events.MailApp;
import io.latchkey.events.Outcome;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.OrderSeal;
import io.latchkey.events.secret.RequestDigest;
import io.latchkey.events.secret.SubjectKey;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Accepts a request for a link: durably, and with the order for its mail, or not at all. */
@Service
public class RequestLink {
    private final LinkStore links;
    private final OutboxRelay relay;
    private final Refusals refusals;
    private final KeyRing ring;
    private final SubjectKey subjects;
    private final InstantSource clock;
    private final LinkProperties properties;
    private final String confirmUrlBase;

    RequestLink(
            LinkStore links,
            OutboxRelay relay,
            Refusals refusals,
            KeyRing ring,
            SubjectKey subjects,
            InstantSource clock,
            LinkProperties properties,
            LatchkeyProperties latchkey) {
        this.links = links;
        this.relay = relay;
        this.refusals = refusals;
        this.ring = ring;
        this.subjects = subjects;
        this.clock = clock;
        this.properties = properties;
        this.confirmUrlBase = latchkey.publicUrl() + "/l/";
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
        var context = context(app, request, requestId);
        if (request.intent() == Intent.SIGN_UP && !app.signUpOpen()) {
            refusals.record(
                    new LinkRefused(context.withOutcome(Outcome.REFUSED, "sign_up_closed"), null));
            return Mono.just(new SignUpClosed());
        }
        var id = LinkId.next();
        var key = idempotencyKey.map(k -> new IdempotencyKey(k, RequestDigest.of(body, ring)));
        var link = newLink(id, app, request, context.withLink(id), key);
        return accept(link)
                .switchIfEmpty(Mono.defer(() -> repeated(app, key, body)))
                // The key was forgotten between the two looks: its 24 hours have just ended.
                .switchIfEmpty(Mono.defer(() -> accept(link)))
                .switchIfEmpty(
                        Mono.error(() -> new IllegalStateException("neither new nor repeated")));
    }

    private Mono<RequestResult> accept(LinkStore.NewLink link) {
        return links.accept(link)
                .map(
                        accepted -> {
                            relay.publish(accepted.events());
                            return new Accepted(link.id(), accepted.value());
                        });
    }

    private Mono<RequestResult> repeated(App app, Optional<IdempotencyKey> key, byte[] body) {
        return Mono.justOrEmpty(key)
                .flatMap(k -> links.firstUse(app.id(), k.value()))
                .map(
                        first ->
                                RequestDigest.matches(first.digest(), body, ring)
                                        ? new Accepted(first.linkId(), first.expiresAt())
                                        : new KeyConflict());
    }

    private LinkStore.NewLink newLink(
            LinkId id,
            App app,
            LinkRequest request,
            EventContext context,
            Optional<IdempotencyKey> key) {
        var success = context.withOutcome(Outcome.SUCCESS, null);
        return new LinkStore.NewLink(
                id,
                app,
                request,
                order(app, request, success),
                new LinkSuppressed(success, request.intent()),
                key);
    }

    private LinkRequested order(App app, LinkRequest request, EventContext context) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var deliverWithin = orElse(request.deliverWithin(), properties.deliverWithin());
        var unsealed =
                new LinkRequested(
                        context,
                        ring.currentKid(),
                        request.email().value(),
                        request.intent(),
                        request.locale(),
                        now,
                        now.plus(deliverWithin),
                        orElse(request.expiresIn(), app.linkTtl()).toSeconds(),
                        confirmUrlBase,
                        new MailApp(app.name(), app.branding(), 0),
                        request.mail(),
                        "");
        return OrderSeal.seal(unsealed, ring.mail());
    }

    private EventContext context(App app, LinkRequest request, String requestId) {
        return EventContext.of(app.tenant(), app.id(), requestId)
                .withAddress(subjects.subject(request.email()), request.email().masked())
                .withClient(request.ip(), request.userAgent());
    }

    private static Duration orElse(@Nullable Duration given, Duration otherwise) {
        return given == null ? otherwise : given;
    }
}

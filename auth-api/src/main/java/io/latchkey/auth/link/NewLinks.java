package io.latchkey.auth.link;

import io.latchkey.auth.app.AdminActs;
import io.latchkey.auth.app.Administrator;
import io.latchkey.auth.app.App;
import io.latchkey.auth.limit.AddressBucket;
import io.latchkey.auth.limit.Counted;
import io.latchkey.auth.limit.Network;
import io.latchkey.auth.platform.LatchkeyProperties;
import io.latchkey.events.AdminActed;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.EventContext;
import io.latchkey.events.Intent;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.LinkSuppressed;
import io.latchkey.events.MailApp;
import io.latchkey.events.MailOverrides;
import io.latchkey.events.Outcome;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.OrderSeal;
import io.latchkey.events.secret.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws up a link with everything that is published about it. */
@Component
class NewLinks {
    /** No app can register it: a link that leads there signs nobody in, whatever its row says. */
    private static final String NOWHERE = "urn:latchkey:mail-test";

    private final KeyRing ring;
    private final SubjectKey subjects;
    private final AddressBucket buckets;
    private final InstantSource clock;
    private final LinkProperties properties;
    private final String confirmUrlBase;

    NewLinks(
            KeyRing ring,
            SubjectKey subjects,
            AddressBucket buckets,
            InstantSource clock,
            LinkProperties properties,
            LatchkeyProperties latchkey) {
        this.ring = ring;
        this.subjects = subjects;
        this.buckets = buckets;
        this.clock = clock;
        this.properties = properties;
        this.confirmUrlBase = latchkey.publicUrl() + "/l/";
    }

    LinkStore.NewLink of(
            App app, LinkRequest request, EventContext context, Optional<IdempotencyKey> key) {
        var id = LinkId.next();
        var success = context.withLink(id).withOutcome(Outcome.SUCCESS, null);
        return new LinkStore.NewLink(
                id,
                app,
                request,
                order(app, request, success),
                new LinkSuppressed(success, request.intent()),
                key,
                counted(app, request));
    }

    /** One that is mailed to try the mail out. */
    TestLinkStore.TestLink test(
            App app,
            EmailAddress email,
            @Nullable String locale,
            MailOverrides mail,
            String requestId) {
        var id = LinkId.next();
        var request = LinkRequest.plain(email, Intent.SIGN_IN_OR_UP, NOWHERE, locale, mail);
        var context =
                context(app, request, requestId).withLink(id).withOutcome(Outcome.SUCCESS, null);
        return new TestLinkStore.TestLink(
                id,
                app,
                NOWHERE,
                order(app, request, context),
                new LinkSuppressed(context, request.intent()),
                new AdminActed(context, AdminActs.SEND_TEST_MAIL, Administrator.ACTOR),
                counted(app, request));
    }

    /**
     * By the network of the one who asks: as the app says, or as the connection to a page shows.
     */
    private List<Counted> counted(App app, LinkRequest request) {
        return Counted.of(
                app.limits(),
                Optional.ofNullable(request.identifier()).map(this::name).stream().toList(),
                List.of(buckets.of(request.email())),
                Optional.ofNullable(request.ip()).map(Network::of).stream().toList());
    }

    /** What is counted before anybody knows whom an identifier names. */
    List<Counted> counted(App app, Identifier identifier) {
        return Counted.of(app.limits(), List.of(name(identifier)), List.of(), List.of());
    }

    private String name(Identifier identifier) {
        return subjects.name(identifier.type(), identifier.value());
    }

    /**
     * Stands for whom an identifier names, while nobody knows and where it is nobody. The same for
     * the same identifier, no mail reaches it, and it tells nothing.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc2606#section-2">RFC 2606 §2</a>
     */
    EmailAddress standIn(Identifier identifier) {
        return EmailAddress.parse(
                UUID.nameUUIDFromBytes(name(identifier).getBytes(StandardCharsets.UTF_8))
                        + "@identifier.invalid");
    }

    LinkRequested order(App app, LinkRequest request, EventContext context) {
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
                        request.mail().orElse(app.mailTemplate(request.locale())),
                        "");
        return OrderSeal.seal(unsealed, ring.mail());
    }

    EventContext context(App app, LinkRequest request, String requestId) {
        return EventContext.of(app.tenant(), app.id(), requestId)
                .withAddress(subjects.subject(request.email()), request.email().masked())
                .withClient(request.ip(), request.userAgent());
    }

    private static Duration orElse(@Nullable Duration given, Duration otherwise) {
        return given == null ? otherwise : given;
    }
}

package io.latchkey.testing;

import io.latchkey.events.AppId;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import io.latchkey.events.Intent;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.MailApp;
import io.latchkey.events.MailBranding;
import io.latchkey.events.MailOverrides;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.OrderSeal;
import io.latchkey.events.secret.SubjectKey;
import io.latchkey.events.wire.CloudEventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sealed orders as auth-api makes them: valid, unless told otherwise. */
public final class TestOrders {
    public static final KeyRing RING =
            KeyRing.parse("k001:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    public static final String CONFIRM_URL_BASE = "https://login.example/l/";
    public static final String USER_AGENT =
            "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

    private static final SubjectKey SUBJECT_KEY =
            SubjectKey.parse("IAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    private static final CloudEventCodec CODEC = new CloudEventCodec();

    private LinkId linkId = LinkId.next();
    private String email = "ada@example.com";
    private String kid = RING.currentKid();
    private @Nullable String locale;
    private @Nullable String ip = "203.0.113.7";
    private @Nullable String userAgent = USER_AGENT;
    private Instant requestedAt = Instant.parse("2026-03-04T05:06:07Z");
    private Instant deliverBy = Instant.now().plus(Duration.ofMinutes(15));
    private MailApp app = new MailApp("Acme", MailBranding.NONE, 0);
    private MailOverrides mail = MailOverrides.NONE;

    private TestOrders() {}

    public static TestOrders order() {
        return new TestOrders();
    }

    public TestOrders of(LinkId linkId) {
        this.linkId = linkId;
        return this;
    }

    public TestOrders to(String email) {
        this.email = email;
        return this;
    }

    public TestOrders kid(String kid) {
        this.kid = kid;
        return this;
    }

    public TestOrders locale(String locale) {
        this.locale = locale;
        return this;
    }

    public TestOrders ip(@Nullable String ip) {
        this.ip = ip;
        return this;
    }

    public TestOrders userAgent(@Nullable String userAgent) {
        this.userAgent = userAgent;
        return this;
    }

    public TestOrders deliverBy(Instant deliverBy) {
        this.deliverBy = deliverBy;
        return this;
    }

    public TestOrders deliverWithin(Duration time) {
        return deliverBy(Instant.now().plus(time));
    }

    public TestOrders app(String name, MailBranding branding) {
        this.app = new MailApp(name, branding, 0);
        return this;
    }

    public TestOrders mail(MailOverrides mail) {
        this.mail = mail;
        return this;
    }

    /** Without a seal. */
    public LinkRequested unsealed() {
        var address = EmailAddress.parse(email);
        var context =
                EventContext.of("default", new AppId(linkId.value()), "req-1")
                        .withAddress(SUBJECT_KEY.subject(address), address.masked())
                        .withLink(linkId)
                        .withClient(ip, userAgent);
        return new LinkRequested(
                context,
                kid,
                address.value(),
                Intent.SIGN_IN_OR_UP,
                locale,
                requestedAt,
                deliverBy,
                600,
                CONFIRM_URL_BASE,
                app,
                mail,
                "");
    }

    public LinkRequested sealed() {
        return sealed(RING);
    }

    public LinkRequested sealed(KeyRing ring) {
        return OrderSeal.seal(unsealed(), ring.mail());
    }

    /** As the outbox relay publishes it. */
    public static ProducerRecord<byte[], byte[]> record(LinkRequested order) {
        return record(order, EventId.next());
    }

    public static ProducerRecord<byte[], byte[]> record(LinkRequested order, EventId id) {
        var encoded =
                CODEC.encode(new EventEnvelope<>(id, "auth-api/test", order.requestedAt(), order));
        var record =
                new ProducerRecord<>(
                        encoded.topic(),
                        encoded.key() == null ? null : bytes(encoded.key()),
                        bytes(encoded.data()));
        encoded.headers().forEach((name, value) -> record.headers().add(name, bytes(value)));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.latchkey.benchmarks.mails;

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
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Orders as auth-api makes them, to {@code u<number>} at one of many domains. */
final class Orders {
    private static final int DOMAINS = 50;
    private static final int LIFE_SECONDS = 600;
    private final KeyRing ring = KeyRing.parse(KeyRing.generate("k001"));
    private final SubjectKey subjects =
            SubjectKey.parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    private final CloudEventCodec codec = new CloudEventCodec();
    private final InstantSource clock = InstantSource.system();

    String mailKeys() {
        return ring.formatMailKeys();
    }

    LinkRequested order(int number) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var address = EmailAddress.parse("u" + number + "@d" + number % DOMAINS + ".example");
        var context =
                EventContext.of("default", AppId.next(), "bench-" + number)
                        .withAddress(subjects.subject(address), address.masked())
                        .withLink(LinkId.next())
                        .withClient("203.0.113.7", null);
        return OrderSeal.seal(unsealed(context, address, now), ring.mail());
    }

    private LinkRequested unsealed(EventContext context, EmailAddress address, Instant now) {
        return new LinkRequested(
                context,
                ring.currentKid(),
                address.value(),
                Intent.SIGN_IN_OR_UP,
                "en",
                now,
                now.plus(Duration.ofMinutes(15)),
                LIFE_SECONDS,
                "https://login.example/l/",
                new MailApp("Acme", MailBranding.NONE, 0),
                MailOverrides.NONE,
                "");
    }

    ProducerRecord<byte[], byte[]> record(int number) {
        var order = order(number);
        var envelope =
                new EventEnvelope<>(EventId.next(), "benchmarks", order.requestedAt(), order);
        var encoded = codec.encode(envelope);
        var record =
                new ProducerRecord<>(
                        encoded.topic(), utf8(String.valueOf(encoded.key())), utf8(encoded.data()));
        encoded.headers().forEach((name, value) -> record.headers().add(name, utf8(value)));
        return record;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

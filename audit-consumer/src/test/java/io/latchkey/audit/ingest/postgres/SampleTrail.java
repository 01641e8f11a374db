package io.latchkey.audit.ingest.postgres;

import io.latchkey.audit.trail.AuditEvent;
import io.latchkey.audit.trail.ClientAddress;
import io.latchkey.events.AppId;
import io.latchkey.events.EventId;
import io.latchkey.events.LinkId;
import io.latchkey.events.Outcome;
import io.latchkey.events.SessionId;
import io.latchkey.events.Subject;
import io.latchkey.events.UserId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of two hundred thousand people who sign in with a hundred apps, five events a
 * sign-in, four a second.
 */
final class SampleTrail {
    private static final int PEOPLE = 200_000;
    private static final List<AppId> APPS = Stream.generate(AppId::next).limit(100).toList();

    private final Random random = new Random(11);
    private final Queue<AuditEvent> waiting = new ArrayDeque<>();
    private final List<AuditEvent> some = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    AuditEvent next() {
        if (waiting.isEmpty()) {
            signIn();
        }
        return waiting.remove();
    }

    /** One of those that were given, far apart from each other. */
    AuditEvent any() {
        return some.get(random.nextInt(some.size()));
    }

    private void signIn() {
        var person = random.nextInt(PEOPLE);
        var link = LinkId.next();
        var refused = random.nextInt(20) == 0;
        add("LinkRequested", person, link, null, refused ? Outcome.REFUSED : Outcome.SUCCESS);
        add("MailSent", person, link, null, Outcome.SUCCESS);
        add("LinkConfirmed", person, link, null, Outcome.SUCCESS);
        var session = SessionId.next();
        add("SessionIssued", person, link, session, Outcome.SUCCESS);
        add("SessionRefreshed", person, link, session, Outcome.SUCCESS);
    }

    private void add(
            String type, int person, LinkId link, @Nullable SessionId session, Outcome outcome) {
        now = now.plus(Duration.ofMillis(100 + random.nextInt(300)));
        var event =
                new AuditEvent(
                        EventId.next(),
                        now.truncatedTo(ChronoUnit.MICROS),
                        type,
                        outcome,
                        outcome == Outcome.REFUSED ? "limit" : null,
                        "tenant-" + person % 10,
                        APPS.get(person % APPS.size()),
                        new UserId(
                                new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L | person)),
                        subject(person),
                        "a***@mail.example",
                        link,
                        session,
                        ClientAddress.parse("203.0." + person / 250 % 250 + "." + person % 250)
                                .orElseThrow(),
                        "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
                        UUID.randomUUID().toString(),
                        "{\"attempt\":1,\"relay\":\"smtp.example:587\",\"took_ms\":84}");
        waiting.add(event);
        if (random.nextInt(2000) == 0) {
            some.add(event);
        }
    }

    private static Subject subject(int person) {
        var bytes = ByteBuffer.allocate(32).putInt(person).array();
        return new Subject(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}

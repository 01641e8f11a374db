package io.latchkey.audit.console;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestTopics;
import io.latchkey.events.AppId;
import io.latchkey.events.CodeRejected;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.EndReason;
import io.latchkey.events.Event;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import io.latchkey.events.FailureClass;
import io.latchkey.events.Intent;
import io.latchkey.events.LinkConfirmed;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRefused;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.MailApp;
import io.latchkey.events.MailAttemptFailed;
import io.latchkey.events.MailBranding;
import io.latchkey.events.MailOverrides;
import io.latchkey.events.MailSent;
import io.latchkey.events.Means;
import io.latchkey.events.Outcome;
import io.latchkey.events.RefreshReuseDetected;
import io.latchkey.events.SessionId;
import io.latchkey.events.SessionIssued;
import io.latchkey.events.SessionRefreshed;
import io.latchkey.events.SessionRevoked;
import io.latchkey.events.UserId;
import io.latchkey.events.secret.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What two apps do in an hour: the same each time, but for the ids. */
final class BusyDay implements AutoCloseable {
    private static final int MINUTES = 60;
    private static final SubjectKey SUBJECTS = SubjectKey.parse(AuditProcess.SUBJECT_KEY);
    private static final List<String> NAMES =
            List.of("ada", "grace", "katherine", "edsger", "barbara", "alan", "radia", "tim");
    private static final List<AppId> APPS = List.of(AppId.next(), AppId.next());

    private final TestTopics topics = new TestTopics();
    private final Random random = new Random(7);
    private final List<EventEnvelope<?>> events = new ArrayList<>();
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

    void publish() {
        var end = now;
        for (int minute = MINUTES - 1; minute >= 0; minute--) {
            var people = 6 + (int) (5 * Math.sin(minute / 7.0)) + random.nextInt(4);
            for (int i = 0; i < people; i++) {
                now = end.minus(Duration.ofMinutes(minute)).minusMillis(random.nextInt(50_000));
                signIn(minute == 0 && i == 0);
            }
        }
        events.sort((a, b) -> a.time().compareTo(b.time()));
        topics.publish(events);
    }

    private void signIn(boolean stolen) {
        var email = NAMES.get(random.nextInt(NAMES.size())) + random.nextInt(90) + "@mail.example";
        var address = EmailAddress.parse(email);
        var asked =
                EventContext.of(
                                "default",
                                APPS.get(random.nextInt(10) / 8),
                                "req-" + random.nextInt())
                        .withAddress(SUBJECTS.subject(address), address.masked())
                        .withClient("203.0.113." + (1 + random.nextInt(9)), "Mozilla/5.0")
                        .withLink(LinkId.next())
                        .withOutcome(Outcome.SUCCESS, null);
        if (random.nextInt(9) == 0) {
            add(
                    new LinkRefused(
                            asked.withLink(null).withOutcome(Outcome.REFUSED, "limit"), "10/5m"));
            return;
        }
        add(order(asked, email));
        mail(asked);
        if (random.nextInt(12) == 0) {
            add(new CodeRejected(asked.withOutcome(Outcome.REFUSED, "wrong_code"), 4));
        }
        if (random.nextInt(4) > 0) {
            session(asked.withUser(UserId.next()), stolen);
        }
    }

    private LinkRequested order(EventContext asked, String email) {
        return new LinkRequested(
                asked,
                "k001",
                email,
                Intent.SIGN_IN_OR_UP,
                "en",
                now,
                now.plus(Duration.ofMinutes(15)),
                900,
                "https://login.example/l/",
                new MailApp("Acme Notes", MailBranding.NONE, 0),
                MailOverrides.NONE,
                "seal");
    }

    private void mail(EventContext asked) {
        if (random.nextInt(15) == 0) {
            add(
                    new MailAttemptFailed(
                            asked.withOutcome(Outcome.FAILURE, "deferred"),
                            1,
                            "smtp.example:587",
                            FailureClass.TRANSIENT,
                            "451 4.3.2 later",
                            now.plusSeconds(1)));
        }
        add(new MailSent(asked, 1, "smtp.example:587", "250 2.0.0 queued", now, 84));
    }

    private void session(EventContext asked, boolean stolen) {
        var session = SessionId.next();
        var expires = now.plus(Duration.ofDays(30));
        var context = asked.withSession(session);
        add(new LinkConfirmed(asked, Means.BUTTON, true));
        add(new SessionIssued(context, expires, 0));
        if (random.nextInt(2) == 0) {
            add(new SessionRefreshed(context, expires, 1));
        }
        if (random.nextInt(5) == 0) {
            add(new SessionRevoked(context, expires, 1, EndReason.SIGNED_OUT));
        }
        if (stolen) {
            add(
                    new RefreshReuseDetected(
                            context.withOutcome(Outcome.REFUSED, "refresh_reuse"),
                            expires,
                            1,
                            EndReason.REFRESH_REUSE));
        }
    }

    private void add(Event event) {
        now = now.plusMillis(300);
        events.add(new EventEnvelope<>(EventId.next(), "auth-api/demo", now, event));
    }

    @Override
    public void close() {
        topics.close();
    }
}

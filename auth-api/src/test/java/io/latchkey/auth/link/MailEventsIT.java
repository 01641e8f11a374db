package io.latchkey.auth.link;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.TestMailReports.deliver;
import static io.latchkey.auth.TestMailReports.sealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.auth.Backend;
import io.latchkey.auth.Person;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.Event;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventId;
import io.latchkey.events.FailureClass;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRejected;
import io.latchkey.events.MailAbandoned;
import io.latchkey.events.MailAttemptFailed;
import io.latchkey.events.MailBounced;
import io.latchkey.events.MailRequeued;
import io.latchkey.events.MailSent;
import io.latchkey.events.Outcome;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.EncodedEvent;
import io.latchkey.events.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What mail workers report, and what others would like to. */
class MailEventsIT {
    private static final String DLT = Topics.MAIL_EVENTS_DLT.topic();
    private final Backend backend = new Backend(APP);

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void aMailThatWasSentStartsTheLinksLife() {
        var request = requestFor(newAddress());
        request.put("expires_in", 120);
        var link = backend.link(request);

        publish(sent(link, Instant.now()));

        var look = awaitStatus(link, "mailed");
        var sentAt = time(look.required("mail"), "sent_at");
        assertThat(time(look, "expires_at")).isEqualTo(sentAt.plusSeconds(120));
        assertThat(look.required("mail").required("attempts").intValue()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-999999999-01-01T00:00:00Z",
                "1970-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "+999999999-12-31T23:59:59Z"
            })
    void aReportedTimeIsHeldBetweenTheRequestAndNow(String sentAt) {
        var link = backend.link(newAddress());

        publish(sent(link, Instant.parse(sentAt)));

        var look = awaitStatus(link, "mailed");
        assertThat(time(look.required("mail"), "sent_at"))
                .isBetween(time(look, "created_at"), Instant.now().plusSeconds(60));
        assertThat(time(look, "expires_at"))
                .isEqualTo(time(look.required("mail"), "sent_at").plusSeconds(600));
    }

    @Test
    void aReportNeverLengthensALife() {
        var link = backend.link(newAddress());
        TestRows.update(
                "UPDATE auth.link SET expires_at = now() + interval '30 seconds' WHERE id = ?",
                link.value());
        var before = time(backend.look(link), "expires_at");

        publish(sent(link, Instant.now()));

        assertThat(time(awaitStatus(link, "mailed"), "expires_at")).isEqualTo(before);
    }

    @Test
    void theSameReportTwiceChangesNothingMore() {
        var link = backend.link(newAddress());
        publish(sent(link, Instant.now()));
        awaitStatus(link, "mailed");
        var before = TestRows.link(link);

        publish(sent(link, Instant.now().plusSeconds(5)));
        publishFence();

        assertThat(TestRows.link(link)).isEqualTo(before);
    }

    @Test
    void attemptsThatFailAreTold() {
        var link = backend.link(newAddress());

        publish(failed(link, 2, "451 try again"));
        var look = awaitMail(link, "retrying");
        publish(failed(link, 1, "450 late"));
        publishFence();

        assertThat(look.required("status").stringValue()).isEqualTo("accepted");
        var mail = backend.look(link).required("mail");
        assertThat(mail.required("attempts").intValue()).isEqualTo(2);
        assertThat(mail.required("last_error").stringValue()).isEqualTo("451 try again");
    }

    @Test
    void aMailThatWasGivenUpFailsTheLinkWhichStillWorks() {
        var link = backend.link(newAddress());

        publish(abandoned(link));
        awaitStatus(link, "failed");

        try (var person = new Person()) {
            assertThat(person.press(link).statusCode()).isEqualTo(303);
        }
    }

    @Test
    void reportsMayComeInAnyOrder() {
        var link = backend.link(newAddress());

        publish(abandoned(link));
        awaitStatus(link, "failed");
        publish(sent(link, Instant.now()));
        awaitStatus(link, "mailed");
        publish(abandoned(link));
        publish(failed(link, 9, "451 late"));
        publishFence();

        var look = backend.look(link);
        assertThat(look.required("status").stringValue()).isEqualTo("mailed");
        assertThat(look.required("mail").required("status").stringValue()).isEqualTo("sent");
    }

    @Test
    void aMailThatIsRequeuedOrBouncesIsTold() {
        var link = backend.link(newAddress());
        publish(abandoned(link));
        awaitStatus(link, "failed");

        publish(new MailRequeued(context(link), 1));
        awaitStatus(link, "accepted");
        publish(sent(link, Instant.now()));
        awaitStatus(link, "mailed");
        publish(new MailBounced(context(link), 1, FailureClass.PERMANENT, "5.1.1"));

        var mail = awaitMail(link, "bounced").required("mail");
        assertThat(mail.required("last_error").stringValue()).isEqualTo("5.1.1");
    }

    @Test
    void aBounceMayBeTheFirstToBeTold() {
        var link = backend.link(newAddress());

        publish(new MailBounced(context(link), 0, FailureClass.TRANSIENT, "4.4.7"));
        awaitMail(link, "bounced");
        publish(failed(link, 3, "451 late"));
        publish(sent(link, Instant.now()));
        awaitStatus(link, "mailed");

        var mail = backend.look(link).required("mail");
        assertThat(mail.required("status").stringValue()).isEqualTo("bounced");
        assertThat(mail.required("last_error").stringValue()).isEqualTo("4.4.7");
    }

    @Test
    void aReportEndsNoLinkAndRevivesNone() {
        var revoked = backend.link(newAddress());
        var _ = backend.revoke(revoked);
        publish(sent(revoked, Instant.now()));
        publish(new MailRequeued(context(revoked), 1));
        publishFence();

        assertThat(backend.status(revoked)).isEqualTo("revoked");
    }

    @Test
    void whatHasNoGenuineSealIsSetAsideOnceWithItsReason() {
        var link = backend.link(newAddress());
        var other = sealed(sent(backend.link(newAddress()), Instant.now()));
        var genuine = sealed(sent(link, Instant.now()));
        var before = TestRows.link(link);

        var without = new LinkedHashMap<>(genuine.headers());
        without.remove(CloudEventCodec.SEAL);
        send(genuine, without, genuine.data());
        var stolen = new LinkedHashMap<>(genuine.headers());
        stolen.put(CloudEventCodec.SEAL, other.headers().get(CloudEventCodec.SEAL));
        send(genuine, stolen, genuine.data());
        send(genuine, genuine.headers(), genuine.data().replace("\"attempt\":3", "\"attempt\":4"));
        var renamed = new LinkedHashMap<>(genuine.headers());
        renamed.put(CloudEventCodec.ID, EventId.next().toString());
        send(genuine, renamed, genuine.data());
        var foreign = new LinkedHashMap<>(genuine.headers());
        foreign.put(CloudEventCodec.SEAL, "zzzz." + "A".repeat(43));
        send(genuine, foreign, genuine.data());

        await().atMost(Duration.ofSeconds(20)).until(() -> setAside(link).size() == 5);
        publishFence();
        assertThat(setAside(link)).hasSize(5).containsOnly("seal");
        assertThat(TestRows.link(link)).isEqualTo(before);
    }

    @Test
    void garbageIsSetAsideAndTheListenerGoesOn() {
        var link = backend.link(newAddress());
        var genuine = sealed(sent(link, Instant.now()));

        send(genuine, Map.of(), genuine.data());
        send(genuine, genuine.headers(), "{\"link_id\":\"" + link + "\"");
        send(genuine, genuine.headers(), "[\"" + link + "\"]");
        send(genuine, genuine.headers(), "{\"link_id\":\"" + link + "\"}");
        publish(new LinkRejected(context(link).withOutcome(Outcome.REFUSED, "x")));

        await().atMost(Duration.ofSeconds(20)).until(() -> setAside(link).size() == 5);
        publish(sent(link, Instant.now()));
        awaitStatus(link, "mailed");
        assertThat(setAside(link)).hasSize(5);
    }

    @Test
    void whatTheDatabaseRefusesIsSetAsideAndNotTriedForEver() {
        var link = backend.link(newAddress());

        publish(failed(link, 1, "451 \0 with NUL"));

        await().atMost(Duration.ofSeconds(20)).until(() -> setAside(link).size() == 1);
        publish(sent(link, Instant.now()));
        awaitStatus(link, "mailed");
    }

    @Test
    void aReportOnALinkThatIsForgottenIsPassedOver() {
        var forgotten = LinkId.next();

        publish(sent(forgotten, Instant.now()));
        publishFence();

        assertThat(setAside(forgotten)).isEmpty();
    }

    /** Reasons of the records about a link that lie in the dead-letter topic. */
    private static List<@Nullable String> setAside(LinkId link) {
        return TestEvents.recordsAbout(link).stream()
                .filter(record -> record.topic().equals(DLT))
                .<@Nullable String>map(record -> TestEvents.header(record, Topics.REASON_HEADER))
                .toList();
    }

    /** One more report into every partition: what was published before has been dealt with. */
    private void publishFence() {
        var fences = new ArrayList<LinkId>();
        for (int partition = 0; partition < Topics.MAIL_EVENTS.partitions(); partition++) {
            var fence = backend.link(newAddress());
            var event = sealed(sent(fence, Instant.now()));
            deliver(record(event, partition, event.headers(), event.data()));
            fences.add(fence);
        }
        fences.forEach(fence -> awaitStatus(fence, "mailed"));
    }

    private static void publish(Event event) {
        var sealed = sealed(event);
        send(sealed, sealed.headers(), sealed.data());
    }

    private static void send(EncodedEvent event, Map<String, String> headers, String data) {
        deliver(record(event, null, headers, data));
    }

    private static ProducerRecord<String, byte[]> record(
            EncodedEvent event,
            @Nullable Integer partition,
            Map<String, String> headers,
            String data) {
        var record =
                new ProducerRecord<>(
                        Topics.MAIL_EVENTS.topic(),
                        partition,
                        event.key(),
                        data.getBytes(StandardCharsets.UTF_8));
        headers.forEach(
                (name, value) ->
                        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private static EventContext context(LinkId link) {
        return EventContext.of("default", APP, null).withLink(link);
    }

    private static MailSent sent(LinkId link, Instant sentAt) {
        return new MailSent(context(link), 3, "relay.example:25", "250 ok", sentAt, 12);
    }

    private static MailAttemptFailed failed(LinkId link, int attempt, String reply) {
        return new MailAttemptFailed(
                context(link), attempt, "relay.example:25", FailureClass.TRANSIENT, reply, null);
    }

    private static MailAbandoned abandoned(LinkId link) {
        return new MailAbandoned(context(link).withOutcome(Outcome.FAILURE, "refused"), 1);
    }

    private JsonNode awaitStatus(LinkId link, String status) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> backend.look(link),
                        look -> look.required("status").stringValue().equals(status));
    }

    private JsonNode awaitMail(LinkId link, String status) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> backend.look(link),
                        look ->
                                look.required("mail")
                                        .required("status")
                                        .stringValue()
                                        .equals(status));
    }

    private static Instant time(JsonNode node, String name) {
        return Instant.parse(node.required(name).stringValue());
    }
}

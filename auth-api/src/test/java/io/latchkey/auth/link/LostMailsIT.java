package io.latchkey.auth.link;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Api;
import io.latchkey.auth.Backend;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.LinkId;
import io.latchkey.events.MailAbandoned;
import io.latchkey.events.Outcome;
import io.latchkey.events.secret.EventSeal;
import io.latchkey.events.wire.CloudEventCodec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The backstop of promise R1. */
class LostMailsIT {
    private final RunningAuthApi api = RunningAuthApi.get();
    private final LostMails lostMails = api.bean(LostMails.class);
    private final Backend backend = new Backend(APP);

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void aLinkThatNobodyReportedOnFailsAMinuteAfterItsDeliveryTime() {
        var lost = linkDueBefore("61 seconds");
        var patient = linkDueBefore("50 seconds");

        lostMails.giveUp().block();

        assertThat(backend.status(lost)).isEqualTo("failed");
        assertThat(backend.look(lost).required("mail").required("last_error").stringValue())
                .isEqualTo("lost");
        assertThat(backend.status(patient)).isEqualTo("accepted");
        var abandoned = TestEvents.awaitOne(lost, MailAbandoned.class);
        assertThat(abandoned.context().reason()).isEqualTo("lost");
        assertThat(abandoned.context().outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(abandoned.attempts()).isZero();
    }

    @Test
    void itsEventCarriesAGenuineSeal() {
        var lost = linkDueBefore("61 seconds");

        lostMails.giveUp().block();
        TestEvents.awaitExactly(lost, "LinkRequested", "MailAbandoned");

        assertThat(TestEvents.recordsAbout(lost))
                .filteredOn(record -> record.topic().equals("latchkey.mail-events"))
                .singleElement()
                .matches(
                        record ->
                                EventSeal.isGenuine(
                                        header(record, CloudEventCodec.SEAL),
                                        header(record, CloudEventCodec.ID),
                                        header(record, CloudEventCodec.TYPE),
                                        record.value(),
                                        api.ring().mail()));
    }

    @Test
    void itIsGivenUpOnceHoweverManyNodesLook() {
        var lost = linkDueBefore("61 seconds");

        for (int i = 0; i < 3; i++) {
            lostMails.giveUp().block();
        }

        TestEvents.awaitExactly(lost, "LinkRequested", "MailAbandoned");
    }

    @Test
    void whoeverNeedsNoMailAnyMoreIsNotLost() {
        var suppressed = requestFor(newAddress());
        suppressed.put("intent", "sign_in");
        var links = List.of(backend.link(suppressed), linkDueBefore("61 seconds"));
        var _ = backend.revoke(links.get(1));
        due(links.get(0), "61 seconds");

        lostMails.giveUp().block();

        assertThat(backend.status(links.get(0))).isEqualTo("suppressed");
        assertThat(backend.status(links.get(1))).isEqualTo("revoked");
        assertThat(links).allMatch(link -> TestRows.link(link).get("failed_at") == null);
    }

    /** Though its link never lived. */
    @Test
    void aTestOfTheMailsIsLostLikeAnyMail() {
        LinkId lost;
        try (var administrator = Api.administrator()) {
            var wanted = Map.of("client_id", APP.toString(), "email", newAddress());
            var accepted = Api.body(administrator.post("/api/v1/mail-test", wanted), 202);
            lost = LinkId.parse(accepted.required("link_id").stringValue());
        }
        TestEvents.awaitExactly(lost, "LinkRequested", "AdminActed");
        due(lost, "61 seconds");

        lostMails.giveUp().block();

        assertThat(TestEvents.awaitOne(lost, MailAbandoned.class).context().reason())
                .isEqualTo("lost");
        assertThat(backend.look(lost).required("mail").required("status").stringValue())
                .isEqualTo("abandoned");
    }

    private LinkId linkDueBefore(String interval) {
        var link = backend.link(newAddress());
        TestEvents.awaitExactly(link, "LinkRequested");
        due(link, interval);
        return link;
    }

    private static void due(LinkId link, String interval) {
        TestRows.update(
                "UPDATE auth.link SET deliver_by = now() - ?::interval WHERE id = ?",
                interval,
                link.value());
    }

    private static String header(
            org.apache.kafka.clients.consumer.ConsumerRecord<?, ?> record, String name) {
        return Objects.requireNonNull(TestEvents.header(record, name));
    }
}

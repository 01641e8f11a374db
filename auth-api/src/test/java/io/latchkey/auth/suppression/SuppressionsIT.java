package io.latchkey.auth.suppression;

import static io.latchkey.auth.Api.body;
import static io.latchkey.auth.Api.problem;
import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.CLOSED;
import static io.latchkey.auth.RunningAuthApi.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.auth.Api;
import io.latchkey.auth.Backend;
import io.latchkey.auth.PageReader;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestMailReports;
import io.latchkey.auth.TestRows;
import io.latchkey.auth.link.WaitingState;
import io.latchkey.auth.link.WaitingStore;
import io.latchkey.events.AdminActed;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.EventContext;
import io.latchkey.events.FailureClass;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.LinkSuppressed;
import io.latchkey.events.MailBounced;
import io.latchkey.events.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Addresses whose mails come back. */
class SuppressionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PATH = "/api/v1/suppressions";
    private final Backend backend = new Backend(APP);
    private final Api administrator = Api.administrator();

    @AfterEach
    void close() {
        backend.close();
        administrator.close();
    }

    @Test
    void anAddressWhoseMailsBounceIsNotMailedForAWhile() {
        var address = newAddress();
        var bounced = backend.link(address);

        bounce(bounced, FailureClass.PERMANENT, "5.1.1", "hard_bounce");

        var suppression = suppressionOf(address);
        assertThat(suppression.required("reason").stringValue()).isEqualTo("hard_bounce");
        assertThat(suppression.required("status").stringValue()).isEqualTo("5.1.1");
        assertThat(suppression.required("link_id").stringValue()).isEqualTo(bounced.toString());
        assertThat(suppression.required("email_masked").stringValue()).contains("***@");
        assertThat(time(suppression, "expires_at"))
                .isEqualTo(time(suppression, "created_at").plus(Duration.ofDays(7)));
        var next = backend.link(address);
        var look = backend.look(next);
        assertThat(look.required("status").stringValue()).isEqualTo("suppressed");
        assertThat(look.required("mail").required("status").stringValue()).isEqualTo("suppressed");
        assertThat(look.required("mail").required("last_error").stringValue())
                .isEqualTo("hard_bounce");
        var event = TestEvents.awaitOne(next, LinkSuppressed.class);
        assertThat(event.context().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(event.context().reason()).isEqualTo("hard_bounce");
    }

    @Test
    void whoeverWaitsIsToldWhetherTheAddressIsKnownOrNot() {
        var known = newAddress();
        var unknown = newAddress();
        try (var api = Api.of(CLOSED);
                var closed = new Backend(CLOSED)) {
            body(api.post("/api/v1/users", Map.of("email", known)), 201);
            for (var address : List.of(known, unknown)) {
                bounce(backend.link(address), FailureClass.PERMANENT, "5.1.1", "hard_bounce");
                suppressionOf(address);

                var link = closed.link(address);

                assertThat(waiting(link)).isEqualTo(WaitingState.UNDELIVERABLE);
                assertThat(TestRows.link(link))
                        .containsEntry("suppressed", "t")
                        .containsEntry("mail_error", "hard_bounce");
            }
        }
    }

    @Test
    void thePageSaysThatTheMailCouldNotBeDelivered() {
        var address = newAddress();
        bounce(backend.link(address), FailureClass.PERMANENT, null, "complaint");
        assertThat(suppressionOf(address).required("reason").stringValue()).isEqualTo("complaint");

        try (var reader = new PageReader()) {
            var _ = reader.signIn(address);

            assertThat(reader.read("/code")).contains("data-state=\"undeliverable");
        }
    }

    @Test
    void itIsTheSameMailboxForEveryTenant() {
        var address = newAddress();
        bounce(backend.link(address), FailureClass.PERMANENT, "5.1.1", "hard_bounce");
        suppressionOf(address);

        try (var stranger = new Backend(STRANGER)) {
            assertThat(stranger.status(stranger.link(address))).isEqualTo("suppressed");
        }
    }

    @Test
    void whatIsTransientOrAboutOneMailStopsNoOther() {
        for (var status : List.of("4.4.7", "5.2.2", "5.7.1")) {
            var address = newAddress();
            var link = backend.link(address);
            bounce(
                    link,
                    status.startsWith("4") ? FailureClass.TRANSIENT : FailureClass.PERMANENT,
                    status,
                    "soft_bounce");
            awaitBounced(link);

            assertThat(found(address)).isEmpty();
            assertThat(backend.status(backend.link(address))).isEqualTo("accepted");
        }
    }

    @Test
    void whatIsLiftedStaysLiftedHoweverOftenTheBounceIsTold() {
        var address = newAddress();
        var link = backend.link(address);
        bounce(link, FailureClass.PERMANENT, "5.1.1", "hard_bounce");
        var path = PATH + "/" + suppressionOf(address).required("suppression_id").stringValue();
        assertThat(body(administrator.get(path), 200)).isEqualTo(suppressionOf(address));

        assertThat(administrator.delete(path).statusCode()).isEqualTo(204);

        problem(administrator.get(path), 404, "not_found");
        problem(administrator.delete(path), 404, "not_found");
        bounce(link, FailureClass.PERMANENT, "5.1.2", "hard_bounce");
        var next = backend.link(address);
        bounce(next, FailureClass.TRANSIENT, "4.4.7", "soft_bounce");
        awaitBounced(next);
        assertThat(found(address)).isEmpty();
        assertThat(TestRows.link(link)).containsEntry("mail_error", "5.1.1");
        var act = TestEvents.awaitOne(link, AdminActed.class);
        assertThat(act.action()).isEqualTo("suppression.lift");
        assertThat(act.actor()).isEqualTo("administrator");
        var _ = TestEvents.awaitOne(next, LinkRequested.class);
    }

    @Test
    void whoseTimeIsOverIsMailedAgainAndMayBounceAgain() {
        var address = newAddress();
        bounce(backend.link(address), FailureClass.PERMANENT, "5.1.1", "hard_bounce");
        var first = suppressionOf(address).required("suppression_id").stringValue();
        TestRows.update(
                "UPDATE auth.suppression SET expires_at = now() WHERE subject = ?",
                subject(address));
        problem(administrator.get(PATH + "/" + first), 404, "not_found");
        assertThat(found(address)).isEmpty();

        var next = backend.link(address);
        assertThat(backend.status(next)).isEqualTo("accepted");
        bounce(next, FailureClass.PERMANENT, "5.1.2", "hard_bounce");

        var second = suppressionOf(address);
        assertThat(second.required("suppression_id").stringValue()).isNotEqualTo(first);
        assertThat(second.required("status").stringValue()).isEqualTo("5.1.2");
    }

    @Test
    void anotherBounceLengthensNothing() {
        var address = newAddress();
        var other = backend.link(address);
        bounce(backend.link(address), FailureClass.PERMANENT, "5.1.1", "hard_bounce");
        var before = suppressionOf(address);

        bounce(other, FailureClass.PERMANENT, "5.1.1", "hard_bounce");
        awaitBounced(other);

        assertThat(suppressionOf(address)).isEqualTo(before);
    }

    @Test
    void whoIsErasedIsNotRemembered() {
        var address = newAddress();
        try (var api = Api.of(APP)) {
            var user = body(api.post("/api/v1/users", Map.of("email", address)), 201);
            bounce(backend.link(address), FailureClass.PERMANENT, "5.1.1", "hard_bounce");
            suppressionOf(address);

            api.delete("/api/v1/users/" + user.required("user_id").stringValue());

            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    TestRows.count(
                                                    "FROM auth.suppression WHERE subject = ?",
                                                    subject(address))
                                            == 0);
        }
    }

    @Test
    void theListIsReadPageByPage() {
        for (int i = 0; i < 3; i++) {
            var address = newAddress();
            bounce(backend.link(address), FailureClass.PERMANENT, "5.1.1", "hard_bounce");
            suppressionOf(address);
        }

        var first = body(administrator.get(PATH + "?limit=2"), 200);
        var cursor = first.required("next_cursor").stringValue();
        var second = body(administrator.get(PATH + "?limit=2&cursor=" + cursor), 200);

        var created = first.required("items").valueStream().map(item -> time(item, "created_at"));
        assertThat(created).hasSize(2).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(time(second.required("items").get(0), "created_at"))
                .isBefore(time(first.required("items").get(1), "created_at"));
        problem(administrator.get(PATH + "?limit=0"), 400, "invalid_request");
        problem(administrator.get(PATH + "?email=nobody"), 400, "invalid_request");
    }

    @Test
    void appsDoNotSeeThem() {
        try (var app = Api.of(APP)) {
            problem(app.get(PATH), 403, "forbidden");
            problem(app.get(PATH + "/supp_01hzzzzzzzzzzzzzzzzzzzzzzz"), 403, "forbidden");
            problem(app.delete(PATH + "/supp_01hzzzzzzzzzzzzzzzzzzzzzzz"), 403, "forbidden");
        }
        problem(administrator.get(PATH + "/supp_01hzzzzzzzzzzzzzzzzzzzzzzz"), 404, "not_found");
        problem(administrator.delete(PATH + "/nonsense"), 404, "not_found");
    }

    private static void bounce(
            LinkId link, FailureClass failureClass, @Nullable String status, String reason) {
        var context =
                EventContext.of(null, null, null)
                        .withLink(link)
                        .withOutcome(Outcome.FAILURE, reason);
        TestMailReports.publish(new MailBounced(context, 0, failureClass, status));
    }

    private static WaitingState waiting(LinkId link) {
        return RunningAuthApi.get()
                .bean(WaitingStore.class)
                .look(List.of(link))
                .blockOptional(PATIENCE)
                .orElseThrow()
                .get(link);
    }

    private void awaitBounced(LinkId link) {
        await().atMost(PATIENCE)
                .until(() -> "bounced".equals(TestRows.link(link).get("mail_status")));
    }

    private JsonNode suppressionOf(String address) {
        return await().atMost(PATIENCE)
                .until(() -> found(address), list -> list.size() == 1)
                .get(0);
    }

    private List<JsonNode> found(String address) {
        return body(administrator.get(PATH + "?email=" + address), 200)
                .required("items")
                .valueStream()
                .toList();
    }

    private static String subject(String address) {
        return RunningAuthApi.get().subjects().subject(EmailAddress.parse(address)).toString();
    }

    private static Instant time(JsonNode node, String name) {
        return Instant.parse(node.required(name).stringValue());
    }
}

package io.latchkey.auth;

import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.LinkConfirmed;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.SessionIssued;
import io.latchkey.events.secret.OrderSeal;
import org.junit.jupiter.api.Test;

/** One link, from its request to its session. */
class SignInIT {
    private final RunningAuthApi api = RunningAuthApi.get();

    @Test
    void aLinkLeadsToOneSession() {
        try (var backend = new Backend(APP);
                var person = new Person()) {
            var request = Backend.requestFor("Ada.SignIn@Example.com");
            request.put("state", "a b&c");
            var link = backend.link(request);

            var pressed = person.press(link);
            var tokens = Backend.tokens(backend.redeem(Person.code(pressed)));
            var refreshed =
                    Backend.tokens(backend.refresh(tokens.required("refresh_token").stringValue()));

            assertThat(Person.parameter(pressed, "state")).isEqualTo("a b&c");
            assertThat(Person.parameter(pressed, "iss")).isEqualTo(api.url());
            assertThat(backend.status(link)).isEqualTo("exchanged");
            assertThat(refreshed.required("session_id")).isEqualTo(tokens.required("session_id"));
            assertThat(refreshed.required("refresh_token"))
                    .isNotEqualTo(tokens.required("refresh_token"));
            TestEvents.awaitExactly(
                    link,
                    "LinkRequested",
                    "UserCreated",
                    "LinkConfirmed",
                    // Of our own pages, and of the app.
                    "SessionIssued",
                    "SessionIssued",
                    "SessionRefreshed");
        }
    }

    @Test
    void eventsTellOfItWithoutTheAddressExceptForTheOrder() {
        try (var backend = new Backend(APP)) {
            var tokens = backend.signIn("grace.events@example.com");

            var session = tokens.required("session_id").stringValue();
            var issued = TestEvents.awaitOne(session, SessionIssued.class);
            var link = issued.context().linkId();
            assertThat(link).isNotNull();
            var order = TestEvents.awaitOne(link, LinkRequested.class);
            var confirmed = TestEvents.awaitOne(link, LinkConfirmed.class);
            assertThat(order.email()).isEqualTo("grace.events@example.com");
            assertThat(OrderSeal.isGenuine(order, api.ring().mail())).isTrue();
            assertThat(confirmed.context().emailMasked()).isEqualTo("g***@example.com");
            assertThat(confirmed.context().subject()).isEqualTo(order.context().subject());
            assertThat(issued.generation()).isEqualTo(1);
            assertThat(TestEvents.recordsAbout(link))
                    .filteredOn(record -> !record.topic().equals("latchkey.link-requests"))
                    .isNotEmpty()
                    .allSatisfy(
                            record ->
                                    assertThat(
                                                    new String(
                                                            record.value(),
                                                            java.nio.charset.StandardCharsets
                                                                    .UTF_8))
                                            .doesNotContain("grace.events"));
        }
    }
}

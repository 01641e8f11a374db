package io.latchkey.auth.mail;

import static io.latchkey.auth.Api.body;
import static io.latchkey.auth.Api.problem;
import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.CLOSED;
import static io.latchkey.auth.RunningAuthApi.REDIRECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Api;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.AdminActed;
import io.latchkey.events.AppId;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.LinkSuppressed;
import io.latchkey.events.secret.EmailCode;
import io.latchkey.events.secret.OrderSeal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails that an administrator looks at, and an app's own words for them. */
class MailTriesIT {
    private static final String PREVIEW = "/api/v1/mail-preview";
    private static final String TEST = "/api/v1/mail-test";
    private final RunningAuthApi api = RunningAuthApi.get();
    private final Api administrator = Api.administrator();

    @AfterEach
    void close() {
        administrator.close();
    }

    private String madeWith(Map<String, Object> templates) {
        return body(
                        administrator.post(
                                "/api/v1/apps",
                                Map.of(
                                        "name",
                                        "Acme <b>",
                                        "redirect_uris",
                                        List.of(REDIRECT),
                                        "mail_templates",
                                        templates)),
                        201)
                .required("client_id")
                .stringValue();
    }

    @ParameterizedTest
    @CsvSource({
        "en, Sign in to",
        "de-AT, Anmeldung bei",
        "fr, Connexion",
        "es, Inicio",
        "ja, へのサインイン"
    })
    void aMailIsShownInEachLanguage(String locale, String words) {
        var id = madeWith(Map.of());

        var shown =
                body(administrator.post(PREVIEW, Map.of("client_id", id, "locale", locale)), 200);

        assertThat(shown.required("subject").stringValue()).contains(words, "Acme <b>");
        assertThat(shown.required("html").stringValue())
                .contains("Acme &lt;b&gt;", "/l/preview\"")
                .doesNotContain("Acme <b>");
        assertThat(shown.required("text").stringValue())
                .contains("/l/preview\r\n", "123456", "192.0.2.1", "Firefox");
        assertThat(TestRows.count("FROM auth.link WHERE app_id = ?", AppId.parse(id).value()))
                .isZero();
    }

    @Test
    void wordsOfTheRequestGoBeforeThoseOfTheAppAndThoseBeforeOurs() {
        var id =
                madeWith(
                        Map.of(
                                "de",
                                Map.of("subject", "Unser Betreff", "button", "Los"),
                                "en",
                                Map.of("subject", "Our subject")));

        var german =
                body(
                        administrator.post(
                                PREVIEW,
                                Map.of(
                                        "client_id",
                                        id,
                                        "locale",
                                        "de-CH",
                                        "mail",
                                        Map.of("button", "Jetzt"))),
                        200);
        var usual = body(administrator.post(PREVIEW, Map.of("client_id", id)), 200);
        var french =
                body(administrator.post(PREVIEW, Map.of("client_id", id, "locale", "fr")), 200);

        assertThat(german.required("subject").stringValue()).isEqualTo("Unser Betreff");
        assertThat(german.required("text").stringValue()).contains("Jetzt:").doesNotContain("Los");
        assertThat(usual.required("subject").stringValue()).isEqualTo("Our subject");
        assertThat(french.required("subject").stringValue()).contains("Connexion");
    }

    @Test
    void templatesAreReadBackAndChangedOneByOne() {
        var id = madeWith(Map.of("de", Map.of("subject", "Betreff")));
        var path = "/api/v1/apps/" + id;

        body(
                administrator.patch(
                        path, Map.of("mail_templates", Map.of("ja", Map.of("subject", "件名")))),
                200);

        var templates = body(administrator.get(path), 200).required("mail_templates");
        assertThat(templates.toString())
                .isEqualTo("{\"de\":{\"subject\":\"Betreff\"},\"ja\":{\"subject\":\"件名\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"de\": {\"subject\": \"a\\nb\"}}",
                "{\"DE\": {\"subject\": \"a\"}}",
                "{\"x_y\": {\"subject\": \"a\"}}",
                "{\"de\": {\"markup\": \"a\"}}",
                "{\"de\": \"a\"}",
                "[]"
            })
    void aTemplateThatMayNotBeIsRefused(String templates) {
        var sent =
                "{\"name\":\"A\",\"redirect_uris\":[\"%s\"],\"mail_templates\":%s}"
                        .formatted(REDIRECT, templates);

        var errors = problem(administrator.post("/api/v1/apps", sent), 400, "invalid_request");

        assertThat(errors.toString()).contains("/mail_templates");
    }

    @Test
    void aTestIsSentAsAnyOtherMailAndRecorded() {
        var address = newAddress();

        var sent =
                body(
                        administrator.post(
                                TEST,
                                Map.of(
                                        "client_id",
                                        APP.toString(),
                                        "email",
                                        address,
                                        "locale",
                                        "de",
                                        "mail",
                                        Map.of("subject", "Probe"))),
                        202);

        var link = LinkId.parse(sent.required("link_id").stringValue());
        TestEvents.awaitExactly(link, "LinkRequested", "AdminActed");
        var order = TestEvents.awaitOne(link, LinkRequested.class);
        assertThat(order.email()).isEqualTo(address);
        assertThat(order.mail().subject()).isEqualTo("Probe");
        assertThat(order.locale()).isEqualTo("de");
        assertThat(OrderSeal.isGenuine(order, api.ring().mail())).isTrue();
        var act = TestEvents.awaitOne(link, AdminActed.class);
        assertThat(act.action()).isEqualTo("mail.test");
        assertThat(act.actor()).isEqualTo("administrator");
        assertThat(act.context().requestId()).isEqualTo(order.context().requestId());
    }

    private LinkId test(AppId app, String email) {
        var sent =
                body(
                        administrator.post(
                                TEST, Map.of("client_id", app.toString(), "email", email)),
                        202);
        return LinkId.parse(sent.required("link_id").stringValue());
    }

    @Test
    void neitherButtonNorCodeOfATestSignsAnybodyIn() {
        var email = newAddress();
        var link = test(APP, email);
        var code = EmailCode.of(link, api.ring().currentKid(), api.ring().mail());

        try (var backend = new Backend(APP);
                var person = new Person()) {
            var field = Browser.field(person.open(backend.link(newAddress())));
            var opened = person.open(link);
            var pressed = person.submit(link, field, "email", email);
            var again =
                    person.browser()
                            .postForm(
                                    Person.path(link) + "/again",
                                    Map.of("_csrf", field),
                                    "Accept",
                                    "application/json");
            var redeemed =
                    backend.token(
                            Map.of(
                                    "grant_type",
                                    "urn:latchkey:grant-type:email-code",
                                    "link_id",
                                    link.toString(),
                                    "code",
                                    code));

            problem(opened, 410, "link_expired");
            problem(pressed, 410, "link_expired");
            problem(again, 400, "redirect_uri_not_allowed");
            assertThat(redeemed.statusCode()).isEqualTo(400);
            assertThat(redeemed.body()).contains("invalid_grant");
            assertThat(backend.status(link)).isEqualTo("expired");
        }
        assertThat(TestRows.link(link).get("confirmed_at")).isNull();
    }

    @Test
    void evenWithoutItsEndATestIsOfNoUse() {
        var email = newAddress();
        var link = test(APP, email);
        TestRows.update(
                "UPDATE auth.link SET expires_at = now() + interval '1 hour' WHERE id = ?",
                link.value());

        try (var backend = new Backend(APP);
                var person = new Person()) {
            var field = Browser.field(person.open(backend.link(newAddress())));
            assertThat(person.submit(link, field, "email", email).statusCode()).isEqualTo(404);
        }

        assertThat(TestRows.link(link).get("confirmed_at")).isNull();
    }

    @Test
    void aTestReachesWhomARequestWouldNot() {
        var stranger = test(CLOSED, newAddress());

        assertThat(TestEvents.awaitOne(stranger, LinkRequested.class)).isNotNull();
    }

    @Test
    void aMailboxThatRefusesOurMailsGetsNoTestEither() {
        var email = newAddress();
        try (var backend = new Backend(APP)) {
            var earlier = backend.link(email);
            TestRows.update(
                    """
                    INSERT INTO auth.suppression (subject, email_masked, reason, link_id, expires_at)
                    SELECT subject, email_masked, 'hard_bounce', id, now() + interval '1 day'
                      FROM auth.link WHERE id = ?
                    """,
                    earlier.value());

            var link = test(APP, email);

            TestEvents.awaitExactly(link, "LinkSuppressed", "AdminActed");
            assertThat(TestEvents.awaitOne(link, LinkSuppressed.class).context().reason())
                    .isEqualTo("hard_bounce");
            assertThat(backend.status(link)).isEqualTo("suppressed");
        }
    }

    @Test
    void testsCountAgainstTheLimitsOfTheAddress() {
        var made =
                body(
                        administrator.post(
                                "/api/v1/apps",
                                Map.of(
                                        "name",
                                        "Limited",
                                        "redirect_uris",
                                        List.of(REDIRECT),
                                        "limits",
                                        Map.of("address", List.of("1/1h")))),
                        201);
        var wanted =
                Map.of(
                        "client_id",
                        made.required("client_id").stringValue(),
                        "email",
                        newAddress());
        body(administrator.post(TEST, wanted), 202);

        var refused = administrator.post(TEST, wanted);

        problem(refused, 429, "rate_limited");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void anAppThatThereIsNotHasNoMail() {
        var unknown = AppId.next().toString();

        problem(administrator.post(PREVIEW, Map.of("client_id", unknown)), 404, "not_found");
        problem(
                administrator.post(TEST, Map.of("client_id", unknown, "email", newAddress())),
                404,
                "not_found");
    }

    @Test
    void anAppIsNoAdministrator() {
        try (var app = Api.of(APP)) {
            problem(app.post(PREVIEW, Map.of("client_id", APP.toString())), 403, "forbidden");
            problem(
                    app.post(TEST, Map.of("client_id", APP.toString(), "email", newAddress())),
                    403,
                    "forbidden");
        }
    }
}

package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholePathIT {
    @TempDir static Path directory;
    private static Path home;
    private static StandaloneProcess standalone;
    private static String printedAtFirst;
    private static DemoClient demo;

    @BeforeAll
    static void start() {
        home = directory.resolve("home");
        standalone = StandaloneProcess.start(home, Map.of());
        printedAtFirst = standalone.output();
        demo = new DemoClient(standalone.endpoints());
    }

    @AfterAll
    static void stop() {
        demo.close();
        standalone.close();
    }

    @Test
    void aLinkLeadsFromTheRequestToASessionAndIntoTheAuditTrail() throws Exception {
        var linkId = demo.requestLink("ada@example.com");

        var redirect = demo.press(demo.awaitMail("ada@example.com").link());
        var tokens = demo.exchange(DemoClient.codeOf(redirect));

        assertThat(redirect.toString()).startsWith(DemoApp.REDIRECT_URI + "?code=");
        var verifier = new TokenVerifier(demo.url("auth_url"));
        var access = verifier.verify(tokens.get("access_token").stringValue(), "at+jwt");
        assertThat(access.getIssuer()).isEqualTo(demo.url("auth_url"));
        assertThat(access.getAudience()).contains(demo.text("client_id"));
        assertThat(access.getStringClaim("sid")).isEqualTo(tokens.get("session_id").stringValue());
        var id = verifier.verify(tokens.get("id_token").stringValue(), "JWT");
        assertThat(id.getStringClaim("email")).isEqualTo("ada@example.com");
        Awaitility.await("the audit trail")
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () ->
                                assertThat(demo.auditTypes(linkId))
                                        .containsOnlyOnce(
                                                "LinkRequested", "MailSent", "LinkConfirmed")
                                        // Of our own pages, and of the app.
                                        .filteredOn("SessionIssued"::equals)
                                        .hasSize(2));
        assertThat(demo.linkStatus(linkId).get("status").stringValue()).isEqualTo("exchanged");
    }

    @Test
    void aTestMailTakesTheSameWayAndItsLinkIsDead() {
        var linkId = demo.requestTestMail("tester@example.com");

        var mail = demo.awaitMail("tester@example.com");

        assertThat(mail.text()).contains("Anmelden:", mail.code());
        assertThat(demo.get(mail.link()).statusCode()).isEqualTo(410);
        Awaitility.await("the audit trail")
                .untilAsserted(
                        () ->
                                assertThat(demo.auditTypes(linkId))
                                        .containsOnlyOnce(
                                                "LinkRequested", "AdminActed", "MailSent"));
        Awaitility.await("the report")
                .until(
                        () ->
                                demo.linkStatus(linkId)
                                        .at("/mail/status")
                                        .stringValue()
                                        .equals("sent"));
        assertThat(demo.linkStatus(linkId).get("status").stringValue()).isEqualTo("expired");
    }

    @Test
    void itsEndpointsAndKeysAreForTheOwnersEyesOnly() throws Exception {
        for (var file : List.of("endpoints.json", "keys")) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(home.resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(printedAtFirst)
                .contains(demo.text("admin_token"), demo.text("audit_token"))
                .doesNotContain(demo.text("client_secret"), demo.text("mail_admin_token"));
    }

    @Test
    void itsFirstPageNamesTheSecretsButShowsNone() {
        var page = demo.get(demo.url("inbox_url") + "/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(demo.url("auth_url") + "/api/v1/links", home.resolve("keys").toString())
                .doesNotContain(demo.text("client_secret"), demo.text("audit_token"))
                .doesNotContain("{{");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'");
    }

    @Test
    void aSecondStandaloneOnTheSameHomeIsRefused() {
        var second = StandaloneProcess.launch(home, Map.of());

        assertThat(second.awaitExit(Duration.ofSeconds(20))).isEqualTo(1);
        assertThat(second.output())
                .contains("Latchkey cannot start: " + home + " is in use by another standalone");
    }

    @Test
    void aTakenPortIsSaidInOneLine() {
        var port = URI.create(demo.url("auth_url")).getPort();
        var other =
                StandaloneProcess.launch(
                        directory.resolve("other"),
                        Map.of("LATCHKEY_AUTH_PORT", Integer.toString(port)));

        assertThat(other.awaitExit(Duration.ofSeconds(20))).isEqualTo(1);
        assertThat(other.output().lines())
                .containsExactly(
                        "Latchkey cannot start: port "
                                + port
                                + " of auth-api is taken (choose another by LATCHKEY_AUTH_PORT,"
                                + " 0 for any free one)");
    }

    @Test
    void nothingAtRestHoldsASecretOfTheRun() throws Exception {
        var linkId = demo.requestLink("secrets@example.com");
        var mail = demo.awaitMail("secrets@example.com");
        var link = mail.link();
        var code = DemoClient.codeOf(demo.press(link));
        var first = demo.exchange(code).get("refresh_token").stringValue();
        var second =
                demo.token(Map.of("grant_type", "refresh_token", "refresh_token", first))
                        .get("refresh_token")
                        .stringValue();
        demo.postToken(Map.of("grant_type", "authorization_code", "code", code + "x"));
        demo.get(link + "x");
        demo.get(link);
        Awaitility.await("the audit trail")
                .until(() -> demo.auditTypes(linkId).contains("SessionIssued"));
        var needles =
                new Needles()
                        .add("link token", link.substring(link.lastIndexOf('/') + 1))
                        .addCode("six-digit code", mail.code())
                        .add("authorization code", code)
                        .add("refresh token", first)
                        .add("refreshed token", second);
        var kept = keys();
        kept.forEach(needles::add);

        var database =
                AtRest.database(
                        demo.text("r2dbc_url").replace("r2dbc:", "jdbc:"),
                        kept.get("LATCHKEY_DATABASE_ADMIN_PASSWORD"));
        var topics = AtRest.topics(demo.text("kafka_bootstrap_servers"));
        var logs = AtRest.logs(home);

        // The search sees what is there: the order has the address, the audit trail the link.
        assertThat(topics).contains("secrets@example.com", "io.latchkey.LinkRequested.v1");
        assertThat(database).contains("LinkConfirmed", "secrets@example.com");
        assertThat(logs).contains("latchkey");
        assertThat(needles.foundIn(database)).isEmpty();
        assertThat(needles.foundIn(topics)).isEmpty();
        assertThat(needles.foundIn(logs)).isEmpty();
        assertThat(needles.foundIn(Files.readString(directory.resolve("home.out"))))
                .containsExactlyInAnyOrder("LATCHKEY_ADMIN_TOKEN", "LATCHKEY_AUDIT_TOKEN");
    }

    /** Ids are no secrets. */
    private static Map<String, String> keys() throws Exception {
        return Files.readAllLines(home.resolve("keys")).stream()
                .map(line -> line.split("=", 2))
                .filter(line -> !line[0].endsWith("_ID"))
                .collect(
                        Collectors.toMap(
                                line -> line[0],
                                // Of the ring, the key without its kid.
                                line -> line[1].replaceFirst("^[a-z0-9]{4}:", "")));
    }

    @Test
    void aRestartKeepsEverything() {
        var linkId = demo.requestLink("kept@example.com");
        demo.awaitMail("kept@example.com");
        Awaitility.await("the audit trail")
                .until(() -> demo.auditTypes(linkId).contains("MailSent"));
        Awaitility.await("the link's status")
                .until(() -> demo.linkStatus(linkId).get("status").stringValue().equals("mailed"));
        var before = standalone.endpoints();

        var exitCode = standalone.stop();
        demo.close();
        standalone = StandaloneProcess.start(home, Map.of());
        demo = new DemoClient(standalone.endpoints());

        assertThat(exitCode).isEqualTo(128 + 15);
        assertThat(standalone.endpoints().get("client_secret"))
                .isEqualTo(before.get("client_secret"));
        assertThat(demo.linkStatus(linkId).get("status").stringValue()).isEqualTo("mailed");
        assertThat(demo.auditTypes(linkId)).containsExactly("LinkRequested", "MailSent");
        assertThat(standalone.output())
                .contains("Latchkey is ready")
                .doesNotContain(demo.text("admin_token"), demo.text("audit_token"));
    }
}

package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.latchkey.standalone.clients.ForeignApp;
import io.latchkey.testing.Chromium;
import io.latchkey.testing.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Well-known OpenID Connect clients sign in, refresh and sign out, unchanged. */
class ClientLibrariesIT {
    private static final JsonMapper JSON = JsonMapper.shared();
    @TempDir static Path directory;
    private static StandaloneProcess standalone;
    private static DemoClient demo;

    @BeforeAll
    static void start() {
        standalone = StandaloneProcess.start(directory.resolve("home"), Map.of());
        demo = new DemoClient(standalone.endpoints());
    }

    @AfterAll
    static void stop() {
        demo.close();
        standalone.close();
    }

    /** As the administrator makes it; with {@code client_secret} where it is confidential. */
    private static JsonNode app(String type, String redirectUri, String origin) throws Exception {
        var settings =
                Map.of(
                        "name", "A foreign app",
                        "type", type,
                        "redirect_uris", List.of(redirectUri),
                        "post_logout_redirect_uris", List.of(redirectUri, origin + "/goodbye"),
                        "allowed_origins", List.of(origin));
        try (var client = HttpClient.newHttpClient()) {
            var answer =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create(demo.url("auth_url") + "/api/v1/apps"))
                                    .header("Authorization", "Bearer " + demo.text("admin_token"))
                                    .header("Content-Type", "application/json")
                                    .POST(
                                            BodyPublishers.ofString(
                                                    JSON.writeValueAsString(settings)))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            return JSON.readTree(answer.body());
        }
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).stringValue("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"confidential", "public"})
    void openidClientSignsInRefreshesAndSignsOut(String type) throws Exception {
        assumeTrue(NodeProgram.isToBeHad());
        var email = "openid-client-" + type + "@example.com";
        try (var pages = new AppPages();
                var browser = new PlainBrowser()) {
            var callback = pages.origin() + "/callback";
            var app = app(type, callback, pages.origin());

            var result =
                    JSON.readTree(
                            NodeProgram.run(
                                    NodeProgram.install(),
                                    "openid-client.mjs",
                                    List.of(
                                            demo.url("auth_url"),
                                            text(app, "client_id"),
                                            text(app, "client_secret"),
                                            callback,
                                            pages.origin() + "/goodbye"),
                                    url -> visit(browser, url, email)));

            assertThat(result.get("email").stringValue()).isEqualTo(email);
            assertThat(result.get("person").stringValue()).isEqualTo(email);
            assertThat(result.get("rotated").booleanValue()).isTrue();
            assertThat(result.get("active").isNull()).isEqualTo("public".equals(type));
            assertThat(result.get("afterLogout").stringValue()).isEqualTo("invalid_grant");
            assertThat(result.get("userinfoAfterLogout").stringValue())
                    .doesNotContain("was accepted");
        }
    }

    /** What the browser ends at; on the way the person signs in where asked. */
    private static String visit(PlainBrowser browser, String url, String email) {
        var page = browser.open(url);
        if (page.getFirstByXPath("//input[@name='email']") != null) {
            page = browser.signIn(page, email, () -> demo.awaitMail(email).link());
        }
        return page.getUrl().toString();
    }

    @Test
    void springSecurityOAuth2ClientSignsInRefreshesAndSignsOut() throws Exception {
        var email = "spring@example.com";
        var port = FreePorts.next();
        var origin = "http://127.0.0.1:" + port;
        var app = app("confidential", origin + "/login/oauth2/code/latchkey", origin);
        try (var _ =
                        ForeignApp.start(
                                port,
                                demo.url("auth_url"),
                                text(app, "client_id"),
                                text(app, "client_secret"));
                var browser = new PlainBrowser()) {
            var home =
                    browser.signIn(
                            browser.open(origin + "/"), email, () -> demo.awaitMail(email).link());
            assertThat(home.getUrl().toString()).as(home.asXml()).startsWith(origin + "/");
            assertThat(home.asNormalizedText()).contains(email);

            var once = browser.open(origin + "/renewed").asNormalizedText();
            var again = browser.open(origin + "/renewed").asNormalizedText();
            assertThat(again).isNotEqualTo(once);

            var goodbye = browser.press(browser.open(origin + "/logout"));
            assertThat(goodbye.getUrl()).hasToString(origin + "/goodbye");
            assertThat(browser.open(origin + "/").<Object>getFirstByXPath("//input[@name='email']"))
                    .as("the hosted page asks anew")
                    .isNotNull();
        }
    }

    @Test
    void oidcClientTsSignsInRenewsAndSignsOutInABrowser() throws Exception {
        assumeTrue(NodeProgram.isToBeHad());
        assumeTrue(Chromium.isToBeHad());
        var email = "spa@example.com";
        var clients = NodeProgram.install();
        try (var pages =
                        new AppPages(
                                clients,
                                clients.resolve("node_modules/oidc-client-ts/dist/browser"));
                var chromium = Chromium.start()) {
            var address = pages.origin() + "/oidc-client-ts.html";
            var app = app("public", address, pages.origin());
            var page = chromium.newPage();
            page.navigate(
                    address
                            + "?authority="
                            + demo.url("auth_url")
                            + "&client_id="
                            + text(app, "client_id"));
            page.locator("#state:text-is('signed out')").waitFor();

            page.locator("#sign-in").click();
            page.locator("input[name=email]").fill(email);
            page.locator("main form button").first().click();
            page.waitForURL(url -> url.contains("/code"));
            page.navigate(demo.awaitMail(email).link());
            page.locator("main form button").first().click();

            page.waitForURL(address + "**");
            page.locator("#state:has-text('signed in as " + email + "')").waitFor();
            var before = page.locator("#state").textContent();
            page.locator("#renew").click();
            page.waitForFunction(
                    "before => document.getElementById('state').textContent !== before", before);
            assertThat(page.locator("#state").textContent()).startsWith("signed in as " + email);
            page.locator("#sign-out").click();
            page.locator("#state:text-is('signed out')").waitFor();
            assertThat(page.url()).startsWith(address);
        }
    }

    @Test
    void sigstoreAndAnotherImplementationOfRfc9162VerifyTheAuditLog() throws Exception {
        assumeTrue(NodeProgram.isToBeHad());
        var earlier = audit("/tlog/checkpoint");
        var link = demo.requestLink("audited@example.com");
        demo.awaitMail("audited@example.com");
        Awaitility.await("the trail").until(() -> demo.auditTypes(link).contains("MailSent"));
        var event = JSON.readTree(audit("/api/v1/audit/links/" + link)).at("/items/0/event_id");
        Awaitility.await("a checkpoint that covers it")
                .atMost(Duration.ofMinutes(1))
                .until(
                        () ->
                                auditStatus(
                                                "/api/v1/audit/events/"
                                                        + event.stringValue()
                                                        + "/proof")
                                        == 200);

        var result =
                JSON.readTree(
                        NodeProgram.run(
                                NodeProgram.install(),
                                "audit-log.mjs",
                                List.of(
                                        demo.url("audit_url").toString(),
                                        demo.text("audit_token"),
                                        event.stringValue(),
                                        earlier),
                                url -> url));

        assertThat(result.get("event")).isEqualTo(event);
        assertThat(result.get("root").booleanValue()).isTrue();
        assertThat(result.get("earlierRoot").booleanValue()).isTrue();
        assertThat(result.get("otherRoot").booleanValue()).isFalse();
    }

    private static String audit(String path) {
        return auditAnswer(path).body();
    }

    private static int auditStatus(String path) {
        return auditAnswer(path).statusCode();
    }

    private static HttpResponse<String> auditAnswer(String path) {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(demo.url("audit_url") + path))
                            .header("Authorization", "Bearer " + demo.text("audit_token"))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

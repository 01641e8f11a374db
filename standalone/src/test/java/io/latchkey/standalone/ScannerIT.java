package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import io.latchkey.testing.Chromium;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * S2: what mail scanners do to a link before its owner opens it burns nothing and gains nothing.
 */
class ScannerIT {
    @TempDir static Path directory;
    private static StandaloneProcess standalone;
    private static DemoClient demo;

    @BeforeAll
    static void start() {
        assumeTrue(Chromium.isToBeHad());
        standalone = StandaloneProcess.start(directory.resolve("home"), Map.of());
        demo = new DemoClient(standalone.endpoints());
    }

    @AfterAll
    static void stop() {
        if (standalone != null) {
            demo.close();
            standalone.close();
        }
    }

    @Test
    void aScannerThatPressesEveryButtonBurnsNothingAndIsNotSignedIn() throws Exception {
        try (var chromium = Chromium.start();
                var http = HttpClient.newHttpClient()) {
            var owner = chromium.newPage();
            var link = askFor(owner, "scanned@example.com");

            for (var method : List.of("HEAD", "GET", "OPTIONS")) {
                assertThat(send(http, method, link).statusCode()).isLessThan(500);
            }
            var scanner = chromium.newPage();
            pressEverything(scanner, link);

            assertThat(scanner.context().cookies())
                    .extracting(cookie -> cookie.name)
                    .doesNotContain("latchkey", "__Host-latchkey");
            scanner.navigate(demo.url("auth_url") + "/account");
            assertThat(URI.create(scanner.url()).getPath()).isEqualTo("/sign-in");
            owner.navigate(link);
            owner.locator("main form button").first().click();
            owner.waitForURL("**/account");
            assertThat(owner.locator("main").textContent()).contains("scanned@example.com");
        }
    }

    /** Of a link that an app's backend asked for, naming the browser that did. */
    @Test
    void norOneThatAnAppAskedFor() throws Exception {
        try (var chromium = Chromium.start()) {
            var email = "scanned-too@example.com";
            var id = demo.requestLink(email, Map.of("user_agent", "The person's own/1.0"));
            var link = demo.awaitMail(email).link();

            pressEverything(chromium.newPage(), link);

            assertThat(demo.linkStatus(id).get("status").stringValue()).isEqualTo("mailed");
        }
    }

    private static String askFor(Page owner, String email) {
        owner.navigate(demo.url("auth_url") + "/sign-in");
        owner.locator("input[name=email]").fill(email);
        owner.locator("main form button").first().click();
        owner.waitForURL("**/code");
        return demo.awaitMail(email).link();
    }

    private static HttpResponse<String> send(HttpClient http, String method, String url)
            throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Sec-Purpose", "prefetch;prerender")
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    /**
     * Each link followed, each button pressed, each form submitted, with its fields filled and not.
     */
    private static void pressEverything(Page page, String link) {
        page.navigate(link);
        var buttons = page.locator("button, input[type=submit], a[href]").count();
        assertThat(buttons).isPositive();
        for (int i = 0; i < buttons; i++) {
            press(page, link, i, false);
            press(page, link, i, true);
        }
    }

    private static void press(Page page, String link, int index, boolean fill) {
        page.navigate(link);
        if (fill) {
            for (var field : page.locator("input[type=email], input[type=text]").all()) {
                field.fill("scanner@scanner.example");
            }
        }
        var target = page.locator("button, input[type=submit], a[href]").nth(index);
        try {
            target.click(new Locator.ClickOptions().setTimeout(2000));
            page.waitForLoadState();
        } catch (PlaywrightException e) {
            // What cannot be pressed is skipped by a scanner, too.
            assertThat(e).hasMessageContaining("Timeout");
        }
    }
}

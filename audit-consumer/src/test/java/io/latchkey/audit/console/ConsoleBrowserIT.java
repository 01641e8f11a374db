package io.latchkey.audit.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TestTopics;
import io.latchkey.events.EventEnvelope;
import io.latchkey.testing.Axe;
import io.latchkey.testing.Chromium;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The console in a real browser. */
@EnabledIf("io.latchkey.testing.Chromium#isToBeHad")
class ConsoleBrowserIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static @Nullable Chromium chromium;
    private static AuditProcess process;
    private static TestTopics topics;
    private final List<String> complaints = new ArrayList<>();
    private @Nullable BrowserContext profile;

    @BeforeAll
    static void start() {
        process = AuditProcess.shared();
        topics = new TestTopics();
        chromium = Chromium.start();
        PlaywrightAssertions.setDefaultAssertionTimeout((double) SOON.toMillis());
    }

    @AfterAll
    static void stop() {
        topics.close();
        if (chromium != null) {
            chromium.close();
        }
    }

    /** Nothing on the browser's own console, nothing asked of others. */
    @AfterEach
    void nothingIsComplainedOf() {
        if (profile != null) {
            profile.close();
        }
        assertThat(complaints).isEmpty();
    }

    private Page signedIn(NewContextOptions options) {
        assertThat(chromium).isNotNull();
        var own = chromium.profile(options.setLocale("en-GB").setBaseURL(process.url("")));
        profile = own;
        var page = own.newPage();
        page.setDefaultTimeout((double) SOON.toMillis());
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        page.onRequest(
                request -> {
                    if (!request.url().startsWith(process.url("/"))
                            && !request.url().startsWith("data:")) {
                        complaints.add("asked others: " + request.url());
                    }
                });
        page.navigate("/");
        page.getByLabel("Audit token").fill(AuditProcess.AUDIT_TOKEN);
        page.keyboard().press("Enter");
        page.waitForURL(process.url("/"));
        return page;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator rowOf(Page page, EventEnvelope<?> event) {
        return page.locator("#tail tr[data-json*='" + event.id() + "']");
    }

    private static EventEnvelope<?> publishOne() {
        var event = TestEvents.confirmed(TestEvents.context());
        topics.publish(List.of(event));
        return event;
    }

    /** Until a checkpoint covers it. */
    private static void awaitSigned(EventEnvelope<?> event) {
        var proof = "/api/v1/audit/events/" + event.id() + "/proof";
        await().atMost(SOON)
                .until(
                        () ->
                                process.auditor()
                                        .get()
                                        .uri(proof)
                                        .exchange()
                                        .returnResult(byte[].class)
                                        .getStatus()
                                        .is2xxSuccessful());
    }

    private static void awaitLive(Page page) {
        assertThat(page.locator("#state")).containsText("live,");
    }

    @Test
    void eventsComeByThemselvesAndPauseKeepsThem() {
        var page = signedIn(new NewContextOptions());
        awaitLive(page);

        var first = publishOne();
        assertThat(rowOf(page, first)).isVisible();

        button(page, "Pause").click();
        var second = publishOne();
        assertThat(page.locator("#state")).hasText(Pattern.compile("paused, [1-9][0-9]* new"));
        assertThat(rowOf(page, second)).hasCount(0);
        button(page, "Go on").click();
        assertThat(rowOf(page, second)).isVisible();
    }

    @Test
    void whatIsRecordedWhileTheTailBeginsIsThere() {
        var page = signedIn(new NewContextOptions());
        // Nothing that the page before asks is taken for what this one does.
        page.navigate("/console/log");
        var shown = new ArrayList<EventEnvelope<?>>();
        page.route("**/api/v1/audit/stream?*", route -> resumeAfter(route, shown));
        page.route("**/api/v1/audit/events?limit=200&*", route -> resumeAfter(route, shown));
        page.navigate("/");
        awaitLive(page);

        page.waitForCondition(() -> shown.size() >= 2);
        for (var event : shown) {
            assertThat(rowOf(page, event)).isVisible();
        }
    }

    /** With another event recorded, and told to those who follow. */
    private static void resumeAfter(Route route, List<EventEnvelope<?>> shown) {
        var before = newest();
        shown.add(publishOne());
        await().atMost(SOON).until(() -> newest() > before);
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        route.resume();
    }

    @Test
    void aStreamThatAProxyRefusesIsAskedForAgain() {
        var page = signedIn(new NewContextOptions());
        page.navigate("/console/log");
        var asked = new AtomicInteger();
        page.route(
                "**/api/v1/audit/stream?*",
                route -> {
                    if (asked.getAndIncrement() == 0) {
                        route.fulfill(new Route.FulfillOptions().setStatus(502));
                    } else {
                        route.resume();
                    }
                });
        page.navigate("/");
        awaitLive(page);

        assertThat(rowOf(page, publishOne())).isVisible();
        assertThat(complaints).allMatch(text -> text.contains("502"));
        complaints.clear();
    }

    @Test
    void aFilteredTailShowsWhatMatchesAndNothingElse() {
        var wanted = TestEvents.confirmed(TestEvents.context());
        var other = TestEvents.confirmed(TestEvents.context());
        var page = signedIn(new NewContextOptions());
        page.getByText("More", new Page.GetByTextOptions().setExact(true)).click();
        page.getByLabel("Link", new Page.GetByLabelOptions().setExact(true))
                .fill(String.valueOf(wanted.event().context().linkId()));
        button(page, "Filter").click();
        awaitLive(page);

        topics.publish(List.of(other, wanted));

        assertThat(rowOf(page, wanted)).isVisible();
        assertThat(page.locator("#tail tbody tr")).hasCount(1);
    }

    @Test
    void theTailStaysShortHoweverManyComeAndMissesNoneOfTheNewest() {
        var page = signedIn(new NewContextOptions());
        awaitLive(page);
        assertThat(rowOf(page, publishOne())).isVisible();
        var events =
                IntStream.range(0, 700)
                        .<EventEnvelope<?>>mapToObj(_ -> TestEvents.confirmed(TestEvents.context()))
                        .toList();

        var before = newest();
        topics.publish(events);
        await().atMost(SOON).until(() -> newest() >= before + events.size());
        var last = publishOne();

        assertThat(rowOf(page, last)).isVisible();
        var shown =
                (List<?>)
                        page.evaluate(
                                "Array.from(document.querySelectorAll('#tail tbody tr'),"
                                        + " row => Number(row.dataset.sequence))");
        assertThat(shown).hasSize(100);
        var newest = ((Number) shown.getFirst()).longValue();
        assertThat(shown)
                .extracting(each -> newest - ((Number) each).longValue())
                .isEqualTo(IntStream.range(0, 100).mapToObj(i -> (long) i).toList());
    }

    private static long newest() {
        return ((Number) process.events("limit=1").getFirst().get("sequence")).longValue();
    }

    @Test
    void anEventIsProvenAndAChangedOneIsNot() {
        var page = signedIn(new NewContextOptions());
        awaitLive(page);
        var event = publishOne();
        assertThat(rowOf(page, event)).isVisible();
        awaitSigned(event);

        rowOf(page, event).getByRole(AriaRole.BUTTON).click();
        assertThat(page.locator("#details-json")).containsText(event.id().toString());
        button(page, "Verify in this browser").click();
        assertThat(page.locator("#details-proof li").last())
                .hasText("Proven: this event is in the log, unchanged");
        assertThat(page.locator("#details-proof li")).hasCount(5);
        button(page, "Close").click();

        rowOf(page, event)
                .evaluate(
                        "row => row.dataset.json = row.dataset.json.replace('success', 'refused')");
        rowOf(page, event).getByRole(AriaRole.BUTTON).click();
        button(page, "Verify in this browser").click();
        assertThat(page.locator("#details-proof li").last())
                .containsText("Not proven: the checkpoint has another root");
        assertThat(page.locator("#details-proof .failed")).hasCount(1);
    }

    @Test
    void aCheckpointThatAnotherKeySignedIsNotBelieved() {
        awaitSigned(publishOne());
        var page = signedIn(new NewContextOptions());
        page.route(
                "**/tlog/key",
                route -> {
                    var key = route.fetch().text();
                    var end = key.length() - 6;
                    route.fulfill(
                            new Route.FulfillOptions()
                                    .setBody(
                                            key.substring(0, end)
                                                    + (key.charAt(end) == 'A' ? 'B' : 'A')
                                                    + key.substring(end + 1)));
                });
        page.navigate("/console/log");
        button(page, "Verify in this browser").click();

        assertThat(page.locator("#proof .failed")).containsText("is not signed by");
    }

    @Test
    void theLogsPageProvesTheNewestEvent() {
        awaitSigned(publishOne());
        var page = signedIn(new NewContextOptions());
        page.navigate("/console/log");
        button(page, "Verify in this browser").click();

        assertThat(page.locator("#proof li").last())
                .hasText("Proven: this event is in the log, unchanged");
    }

    @Test
    void anEventThatCannotBeHadIsSaidToBeSo() {
        awaitSigned(publishOne());
        var page = signedIn(new NewContextOptions());
        page.navigate("/console/log");
        page.route(
                "**/api/v1/audit/events?*",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
        button(page, "Verify in this browser").click();

        assertThat(page.locator("#proof")).containsText("open this page again");
        assertThat(complaints).allMatch(text -> text.contains("503"));
        complaints.clear();
    }

    @Test
    void theTimelineOfALinkIsOneClickAway() {
        var page = signedIn(new NewContextOptions());
        awaitLive(page);
        var event = publishOne();

        rowOf(page, event).getByText("timeline").click();

        assertThat(page.locator("h1")).hasText("One link");
        assertThat(page.locator(".timeline li")).hasCount(1);
    }

    @Test
    void withoutScriptsItFiltersToo() {
        var event = publishOne();
        awaitSigned(event);
        var page = signedIn(new NewContextOptions().setJavaScriptEnabled(false));
        page.getByText("More", new Page.GetByTextOptions().setExact(true)).click();
        page.getByLabel("Link", new Page.GetByLabelOptions().setExact(true))
                .fill(String.valueOf(event.event().context().linkId()));
        button(page, "Filter").click();

        assertThat(page.locator("#tail tbody tr")).hasCount(1);
        assertThat(button(page, "Pause")).isHidden();
        button(page, "Sign out").click();
        assertThat(page.locator("h1")).hasText("Sign in to the audit console");
        page.navigate("/");
        assertThat(page.locator("h1")).hasText("Sign in to the audit console");
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void everyPageIsAccessible(ColorScheme scheme) {
        var event = publishOne();
        var page =
                signedIn(
                        new NewContextOptions()
                                .setColorScheme(scheme)
                                .setViewportSize(scheme == ColorScheme.DARK ? 360 : 1280, 800));
        assertThat(rowOf(page, event)).isVisible();
        accessible(page);
        rowOf(page, event).getByRole(AriaRole.BUTTON).click();
        accessible(page);
        for (var path :
                List.of(
                        "/console/alerts",
                        "/console/log",
                        "/console/links/" + event.event().context().linkId())) {
            page.navigate(path);
            accessible(page);
        }
        button(page, "Sign out").click();
        assertThat(page.locator("h1")).hasText("Sign in to the audit console");
        accessible(page);
    }

    private static void accessible(Page page) {
        assertThat(Axe.violations(page)).as(page.url()).isEqualTo(List.of());
    }
}

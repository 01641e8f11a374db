package io.latchkey.audit.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TestTopics;
import io.latchkey.events.EventEnvelope;
import io.latchkey.testing.Chromium;
import io.latchkey.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the live page under 200 events a second, for docs/performance.md: {@code
 * -Dlatchkey.console-load=<folder for pictures>}.
 */
@EnabledIfSystemProperty(named = "latchkey.console-load", matches = ".+")
@EnabledIf("io.latchkey.testing.Chromium#isToBeHad")
class ConsoleLoadIT {
    private static final Logger log = LoggerFactory.getLogger(ConsoleLoadIT.class);
    private static final int SECONDS = 60;
    private static final String WATCH =
            """
            window.tasks = [];
            window.frames = [];
            new PerformanceObserver(list => list.getEntries()
                    .forEach(task => window.tasks.push(task.duration)))
                .observe({type: 'longtask'});
            let before = performance.now();
            (function frame(now) {
                window.frames.push(now - before);
                before = now;
                requestAnimationFrame(frame);
            })(before);
            """;

    private final Path folder = Path.of(System.getProperty("latchkey.console-load", "."));

    @Test
    void measureIt() throws InterruptedException {
        try (var process = AuditProcess.start(TestPostgres.database("load"));
                var topics = new TestTopics();
                var chromium = Chromium.start()) {
            measure(process, topics, chromium, "desktop", ColorScheme.LIGHT, 1440, 900);
            measure(process, topics, chromium, "phone", ColorScheme.DARK, 360, 740);
        }
    }

    private void measure(
            AuditProcess process,
            TestTopics topics,
            Chromium chromium,
            String device,
            ColorScheme scheme,
            int width,
            int height)
            throws InterruptedException {
        var options =
                new NewContextOptions()
                        .setBaseURL(process.url(""))
                        .setColorScheme(scheme)
                        .setViewportSize(width, height);
        try (var profile = chromium.profile(options)) {
            var page = profile.newPage();
            page.navigate("/");
            page.getByLabel("Audit token").fill(AuditProcess.AUDIT_TOKEN);
            page.keyboard().press("Enter");
            page.waitForSelector("#state:has-text('live,')");
            page.evaluate(WATCH);
            var heap = new ArrayList<Object>();
            for (int second = 0; second < SECONDS; second++) {
                heap.add(page.evaluate("Math.round(performance.memory.usedJSHeapSize / 1e5) / 10"));
                publishForASecond(topics);
            }
            log.info("{}: heap in MB {}", device, heap);
            log.info(
                    "{}: long tasks in ms {}",
                    device,
                    page.evaluate("window.tasks.map(Math.round)"));
            log.info(
                    "{}: frames {}",
                    device,
                    page.evaluate(
                            "(frames => ({count: frames.length, p99: frames[Math.floor("
                                    + "frames.length * 0.99)], longest: frames.at(-1)}))"
                                    + "(window.frames.sort((a, b) => a - b))"));
            log.info("{}: elements {}", device, page.locator("*").count());
            assertThat(page.locator("#tail tbody tr").count()).isEqualTo(100);
            page.screenshot(
                    new Page.ScreenshotOptions()
                            .setPath(
                                    folder.resolve(
                                            "console-load-"
                                                    + device
                                                    + "-"
                                                    + scheme.name().toLowerCase(Locale.ROOT)
                                                    + ".png")));
        }
    }

    private static void publishForASecond(TestTopics topics) throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            var begin = System.nanoTime();
            topics.publish(
                    IntStream.range(0, 20).<EventEnvelope<?>>mapToObj(_ -> event()).toList());
            var left = Duration.ofMillis(100).toNanos() - (System.nanoTime() - begin);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
        }
    }

    private static EventEnvelope<?> event() {
        var made = TestEvents.confirmed(TestEvents.context());
        return new EventEnvelope<>(made.id(), made.source(), Instant.now(), made.event());
    }
}

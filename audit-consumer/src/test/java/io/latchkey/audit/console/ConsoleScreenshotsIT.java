package io.latchkey.audit.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.latchkey.audit.AuditProcess;
import io.latchkey.testing.Chromium;
import io.latchkey.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes the console's pictures in {@code docs/images}: {@code make pictures}. */
@EnabledIfSystemProperty(named = "latchkey.screenshots", matches = ".+")
@EnabledIf("io.latchkey.testing.Chromium#isToBeHad")
class ConsoleScreenshotsIT {
    private final Path folder = Path.of(System.getProperty("latchkey.screenshots", "."));

    @Test
    void takeThemAll() {
        try (var process = AuditProcess.start(TestPostgres.database("console"));
                var day = new BusyDay();
                var chromium = Chromium.start()) {
            day.publish();
            await().atMost(Duration.ofMinutes(1))
                    .until(
                            () ->
                                    process.events("type=Alert&limit=1").size() == 1
                                            && process.events("limit=1").size() == 1);
            for (var scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                take(process, chromium, "desktop", scheme, 1440, 900);
                take(process, chromium, "phone", scheme, 360, 740);
            }
        }
    }

    private void take(
            AuditProcess process,
            Chromium chromium,
            String device,
            ColorScheme scheme,
            int width,
            int height) {
        var suffix = "-" + device + "-" + scheme.name().toLowerCase(Locale.ROOT);
        var options =
                new NewContextOptions()
                        .setBaseURL(process.url(""))
                        .setColorScheme(scheme)
                        .setViewportSize(width, height);
        try (var profile = chromium.profile(options)) {
            var page = profile.newPage();
            page.navigate("/");
            shoot(page, "console-sign-in" + suffix);
            page.getByLabel("Audit token").fill(AuditProcess.AUDIT_TOKEN);
            page.keyboard().press("Enter");
            page.waitForSelector("#state:has-text('live,')");
            shoot(page, "console" + suffix);
            page.locator("#tail .more button").nth(3).click();
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Verify in this browser"))
                    .click();
            page.waitForSelector("#details-proof li:nth-child(5)");
            shoot(page, "console-event" + suffix);
            page.navigate("/console/alerts");
            shoot(page, "console-alerts" + suffix);
            page.navigate("/");
            page.locator("#tail .link a").first().click();
            assertThat(page.locator("h1").textContent()).isEqualTo("One link");
            shoot(page, "console-link" + suffix);
            page.navigate("/console/log");
            shoot(page, "console-log" + suffix);
        }
    }

    private void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
    }
}

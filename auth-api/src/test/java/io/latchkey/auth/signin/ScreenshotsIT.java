package io.latchkey.auth.signin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.latchkey.auth.Backend.newAddress;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestRows;
import io.latchkey.auth.oauth.AuthorizationUrl;
import io.latchkey.testing.Chromium;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes the pictures in {@code docs/images}: {@code make pictures}. */
@EnabledIfSystemProperty(named = "latchkey.screenshots", matches = ".+")
@EnabledIf("io.latchkey.testing.Chromium#isToBeHad")
class ScreenshotsIT {
    private final Path folder = Path.of(System.getProperty("latchkey.screenshots", "."));

    @Test
    void takeThemAll() {
        TestRows.update(
                "UPDATE auth.app SET name = 'Acme Notes', color = '#6d28d9' WHERE id = ?",
                RunningAuthApi.LAX.value());
        try (var chromium = Chromium.start()) {
            for (var scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                take(chromium, "desktop", scheme, 1280, 800);
                take(chromium, "phone", scheme, 360, 740);
            }
        }
    }

    private void take(Chromium chromium, String device, ColorScheme scheme, int width, int height) {
        var options =
                new NewContextOptions()
                        .setLocale("en-GB")
                        .setColorScheme(scheme)
                        .setViewportSize(width, height);
        var suffix = "-" + device + "-" + scheme.name().toLowerCase(Locale.ROOT);
        var address = newAddress();
        var query = AuthorizationUrl.of(RunningAuthApi.LAX).query();
        try (var visit = new Visit(chromium, options)) {
            visit.open("/sign-in?" + query);
            shoot(visit, "sign-in" + suffix);
            visit.type("E-mail address", address);
            visit.press("Continue");
            assertThat(visit.title()).isEqualTo("Check your mail");
            assertThat(visit.page().getByText("Look again")).isHidden();
            shoot(visit, "code" + suffix);
            visit.type("Six-digit code", visit.code().equals("000000") ? "000001" : "000000");
            visit.press("Sign in");
            shoot(visit, "code-wrong" + suffix);
            change(visit, "mailed_at = now()");
            visit.open("/code?" + query);
            shoot(visit, "code-handed-over" + suffix);
            change(visit, "mail_status = 'bounced'");
            visit.open("/code?" + query);
            shoot(visit, "code-undeliverable" + suffix);
            change(visit, "mail_status = 'sent', confirmed_at = now()");
            visit.open("/code?" + query);
            shoot(visit, "code-used" + suffix);
            change(visit, "confirmed_at = NULL, expires_at = now()");
            visit.open("/code?" + query);
            shoot(visit, "code-expired" + suffix);
            change(visit, "expires_at = now() + interval '10 minutes'");
            visit.open(Person.path(visit.link()));
            shoot(visit, "confirm" + suffix);
            change(visit, "expires_at = now()");
            visit.open(Person.path(visit.link()));
            shoot(visit, "dead-link" + suffix);
            visit.ask("/sign-in", "Continue", address);
            try (var other = new Visit(chromium, options)) {
                other.open(Person.path(visit.link()));
                shoot(other, "confirm-elsewhere" + suffix);
            }
            visit.open(Person.path(visit.link()));
            visit.press("Sign in");
            shoot(visit, "account" + suffix);
            visit.open("/sign-out");
            shoot(visit, "sign-out" + suffix);
            visit.press("Sign out");
            shoot(visit, "signed-out" + suffix);
            visit.open("/sign-up?" + query);
            shoot(visit, "sign-up" + suffix);
            visit.open("/sign-up?" + AuthorizationUrl.of(RunningAuthApi.CLOSED).query());
            shoot(visit, "notice" + suffix);
            visit.open("/l/nothing");
            shoot(visit, "problem" + suffix);
        }
    }

    private static void change(Visit visit, String change) {
        TestRows.update("UPDATE auth.link SET " + change + " WHERE id = ?", visit.link().value());
    }

    private void shoot(Visit visit, String name) {
        visit.page()
                .screenshot(
                        new ScreenshotOptions()
                                .setPath(folder.resolve(name + ".png"))
                                .setFullPage(true));
    }
}

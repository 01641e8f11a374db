package io.latchkey.rendering;

import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.latchkey.events.MailBranding;
import io.latchkey.testing.Chromium;
import io.latchkey.testing.TestOrders;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes the pictures of mails in {@code docs/images}: {@code make pictures}. */
@EnabledIfSystemProperty(named = "latchkey.screenshots", matches = ".+")
@EnabledIf("io.latchkey.testing.Chromium#isToBeHad")
class MailScreenshotsIT {
    private static final int WIDTH = 600;
    private static final MailBranding PURPLE = new MailBranding(null, "#6d28d9", null, null);
    private final Path folder = Path.of(System.getProperty("latchkey.screenshots", "."));

    @Test
    void takeThemAll() {
        try (var chromium = Chromium.start()) {
            for (var scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                for (var locale : MailLanguages.SPOKEN) {
                    take(chromium, locale, scheme);
                }
            }
        }
    }

    private void take(Chromium chromium, Locale locale, ColorScheme scheme) {
        var mail =
                MailReader.mail(
                        TestOrders.order()
                                .locale(locale.toLanguageTag())
                                .app("Acme Notes", PURPLE));
        var suffix = "-" + locale + "-" + scheme.name().toLowerCase(Locale.ROOT);
        try (var reader = new MailReader(chromium, scheme, WIDTH)) {
            reader.openHtml(mail);
            shoot(reader, "mail" + suffix);
            reader.openText(mail);
            shoot(reader, "mail-text" + suffix);
        }
    }

    private void shoot(MailReader reader, String name) {
        reader.page()
                .screenshot(
                        new ScreenshotOptions()
                                .setPath(folder.resolve(name + ".png"))
                                .setFullPage(true));
    }
}

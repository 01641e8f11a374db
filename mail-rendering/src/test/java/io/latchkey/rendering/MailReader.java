package io.latchkey.rendering;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.LinkId;
import io.latchkey.testing.Chromium;
import io.latchkey.testing.TestOrders;
import java.util.ArrayList;
import java.util.List;

/** A mail program as far as a browser is one; whatever it asks of others is kept. */
final class MailReader implements AutoCloseable {
    private static final LinkId LINK_ID = LinkId.parse("link_01j9zq4nskf3tr0000000000aa");
    private static final int SCREEN = 400;
    private static final MailRenderer RENDERER =
            new MailRenderer(TestOrders.RING.mail(), "no-reply@login.example");
    private final BrowserContext profile;
    private final Page page;
    private final List<String> asked = new ArrayList<>();

    MailReader(Chromium chromium, ColorScheme scheme, int width) {
        profile =
                chromium.profile(
                        new Browser.NewContextOptions()
                                .setColorScheme(scheme)
                                .setViewportSize(width, SCREEN));
        page = profile.newPage();
        page.onRequest(request -> asked.add(request.url()));
    }

    static Mail mail(TestOrders wished) {
        var order = wished.of(LINK_ID).sealed();
        return RENDERER.render(order, LINK_ID, EmailAddress.parse(order.email()));
    }

    void openHtml(Mail mail) {
        page.setContent(mail.html());
    }

    /** As mail programs show text: in letters of one width, lines broken where they do not fit. */
    void openText(Mail mail) {
        page.setContent(
                """
                <!doctype html>
                <meta name="color-scheme" content="light dark">
                <style>
                  body { margin: 28px; }
                  pre { font: 14px/22px 'Liberation Mono', 'Noto Sans Mono CJK JP', monospace;
                        white-space: pre-wrap; overflow-wrap: anywhere; }
                  h1 { font: 700 18px/26px sans-serif; }
                </style>
                <h1></h1>
                <pre></pre>
                """);
        write("h1", mail.subject());
        write("pre", mail.text());
    }

    private void write(String element, String text) {
        page.locator(element).evaluate("(element, text) => element.textContent = text", text);
    }

    Page page() {
        return page;
    }

    List<String> asked() {
        return asked;
    }

    @Override
    public void close() {
        profile.close();
    }
}

package io.latchkey.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.events.LinkId;
import io.latchkey.events.secret.EmailCode;
import io.latchkey.testing.Axe;
import io.latchkey.testing.Chromium;
import java.util.ArrayList;
import java.util.List;

/** A person with a browser of their own; whatever it complains of or asks of others is kept. */
final class Visit implements AutoCloseable {
    private final BrowserContext profile;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Visit(Chromium chromium, Browser.NewContextOptions options) {
        profile = chromium.profile(options.setBaseURL(RunningAuthApi.get().url()));
        page = profile.newPage();
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        page.onRequest(
                request -> {
                    if (!request.url().startsWith(RunningAuthApi.get().url() + "/")) {
                        complaints.add("asked others: " + request.url());
                    }
                });
    }

    Page page() {
        return page;
    }

    void open(String path) {
        page.navigate(path);
    }

    void type(String label, String text) {
        page.getByLabel(label).fill(text);
    }

    void press(String button) {
        button(button).click();
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    String title() {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))
                .textContent();
    }

    void ask(String path, String button, String email) {
        open(path);
        type("E-mail address", email);
        press(button);
        assertThat(title()).isEqualTo("Check your mail");
    }

    /** The link that this browser waits for. */
    LinkId link() {
        return profile.cookies().stream()
                .filter(cookie -> cookie.name.equals("latchkey-link"))
                .map(cookie -> LinkId.parse(cookie.value))
                .findFirst()
                .orElseThrow();
    }

    /** What the mail says. */
    String code() {
        var ring = RunningAuthApi.get().ring();
        return EmailCode.of(link(), ring.currentKid(), ring.mail());
    }

    void assertAccessible() {
        assertThat(Axe.violations(page)).as(page.url()).isEqualTo(List.of());
    }

    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        profile.close();
    }
}

package io.latchkey.auth.signin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.latchkey.auth.Backend.newAddress;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestRows;
import io.latchkey.auth.oauth.AuthorizationUrl;
import io.latchkey.testing.Chromium;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our pages in a real browser. */
@EnabledIf("io.latchkey.testing.Chromium#isToBeHad")
class BrowserIT {
    private static @Nullable Chromium chromium;
    private final List<Visit> visits = new ArrayList<>();

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    /** Nothing on the console, nothing asked of others. */
    @AfterEach
    void nothingIsComplainedOf() {
        for (var visit : visits) {
            visit.close();
            assertThat(visit.complaints()).isEmpty();
        }
    }

    private Visit visit() {
        return visit(new NewContextOptions());
    }

    private Visit visit(NewContextOptions options) {
        assertThat(chromium).isNotNull();
        var visit = new Visit(chromium, options.setLocale("en-GB"));
        visits.add(visit);
        return visit;
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void everyPageIsAccessible(ColorScheme scheme) {
        var visit = visit(new NewContextOptions().setColorScheme(scheme).setViewportSize(360, 740));
        var address = newAddress();
        for (var path : List.of("/sign-in", "/sign-up", "/sign-out")) {
            visit.open(path);
            visit.assertAccessible();
        }

        visit.ask("/sign-in", "Continue", address);
        visit.assertAccessible();
        var path = Person.path(visit.link());
        visit.open(path);
        visit.assertAccessible();
        var other = visit(new NewContextOptions().setColorScheme(scheme));
        other.open(path);
        other.assertAccessible();
        visit.press("Sign in");
        assertThat(visit.title()).isEqualTo("Your account");
        visit.assertAccessible();
        visit.open("/sign-out");
        visit.assertAccessible();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void everyStateAndEveryErrorIsAccessible(ColorScheme scheme) {
        var visit = visit(new NewContextOptions().setColorScheme(scheme));
        visit.ask("/sign-in", "Continue", newAddress());
        for (var state :
                List.of(
                        "mailed_at = now()",
                        "mail_status = 'bounced'",
                        "expires_at = now()",
                        "confirmed_at = now()")) {
            TestRows.update(
                    "UPDATE auth.link SET " + state + " WHERE id = ?", visit.link().value());
            visit.open("/code");
            assertThat(visit.title()).isEqualTo("Check your mail");
            visit.assertAccessible();
        }
        visit.open(Person.path(visit.link()));
        assertThat(visit.title()).isEqualTo("The link was already used");
        visit.assertAccessible();
        visit.open("/l/nothing");
        visit.assertAccessible();
        visit.open("/sign-up?" + AuthorizationUrl.of(RunningAuthApi.CLOSED).query());
        visit.assertAccessible();
        // The browser itself reports the status of a page that is no success.
        visit.complaints().removeIf(text -> text.contains("status of 4"));
    }

    @Test
    void theMailedLinkNeedsNoScriptAndNoMouseInAnotherBrowserEither() {
        var visit = visit();
        var address = newAddress();
        visit.ask("/sign-in", "Continue", address);
        var other = visit(new NewContextOptions().setJavaScriptEnabled(false));
        other.open(Person.path(visit.link()));
        var keyboard = other.page().keyboard();
        for (int i = 0; i < 5 && !"email".equals(focused(other)); i++) {
            keyboard.press("Tab");
        }

        keyboard.type(address);
        keyboard.press("Tab");
        assertThat(other.button("Sign in")).isFocused();
        keyboard.press("Enter");

        assertThat(other.page().locator(".who")).hasText(address);
        other.open("/sign-out");
        for (int i = 0; i < 5 && !"BUTTON".equals(focused(other)); i++) {
            keyboard.press("Tab");
        }
        keyboard.press("Enter");
        assertThat(other.page().getByText("You are signed out")).isVisible();
    }

    /** The name of the field that has the focus, or what it is. */
    private static String focused(Visit visit) {
        return String.valueOf(
                visit.page()
                        .evaluate("document.activeElement.name || document.activeElement.tagName"));
    }

    @Test
    void signUpByCodeThenSignOut() {
        var visit = visit();
        var address = newAddress();
        visit.ask("/sign-up", "Create account", address);

        visit.type("Six-digit code", visit.code());
        visit.press("Sign in");

        assertThat(visit.title()).isEqualTo("Your account");
        assertThat(visit.page().locator(".who")).hasText(address);
        visit.press("Sign out here");
        assertThat(visit.title()).isEqualTo("You are signed out");
        visit.open("/account");
        assertThat(visit.title()).isEqualTo("Sign in to your account");
    }

    @Test
    void theWaitingWindowFollowsTheMailAndIsNotSignedInByAPressElsewhere() {
        var visit = visit();
        var address = newAddress();
        visit.ask("/sign-in", "Continue", address);
        var states = visit.page().getByRole(AriaRole.STATUS);
        assertThat(states).containsText("is being sent");

        TestRows.update(
                "UPDATE auth.link SET mailed_at = now() WHERE id = ?", visit.link().value());
        assertThat(visit.page().getByText("on its way to you")).isVisible();
        var other = visit();
        other.open(Person.path(visit.link()));
        other.type("E-mail address", address);
        other.press("Sign in");

        assertThat(other.title()).isEqualTo("Your account");
        assertThat(visit.page().getByText("The link was used")).isVisible();
        assertThat(visit.page().getByLabel("Six-digit code")).hasCount(0);
        visit.open("/account");
        assertThat(visit.title()).isEqualTo("Sign in to your account");
    }

    /** S2: with scripts, in the browser that asked, and whatever a page may have put off. */
    @Test
    void noPagePressesItsButtonByItself() {
        var visit = visit();
        visit.ask("/sign-in", "Continue", newAddress());
        change(visit, "mailed_at = now()");
        var posted = new ArrayList<String>();
        visit.page().onRequest(request -> posted.add(request.method() + " " + request.url()));
        var path = Person.path(visit.link());
        visit.page().clock().install();

        visit.open(path);

        assertThat(visit.button("Sign in")).isVisible();
        visit.page().clock().runFor("10:00");
        visit.page().waitForLoadState(LoadState.NETWORKIDLE);
        assertThat(visit.button("Sign in")).isVisible();
        assertThat(posted)
                .anyMatch(asked -> asked.endsWith(path))
                .allMatch(asked -> asked.startsWith("GET "));
        assertThat(TestRows.link(visit.link())).containsEntry("confirmed_at", null);
        visit.press("Sign in");
        assertThat(visit.title()).isEqualTo("Your account");
    }

    @Test
    void aWrongAddressInAnotherBrowserAndAWrongCodeAreSaidAloud() {
        var visit = visit();
        visit.ask("/sign-in", "Continue", newAddress());
        visit.type("Six-digit code", visit.code().equals("000000") ? "000001" : "000000");
        visit.press("Sign in");
        var alert = visit.page().getByRole(AriaRole.ALERT);
        assertThat(alert).containsText("4 tries are left");
        visit.assertAccessible();
        var other = visit();
        other.open(Person.path(visit.link()));
        other.type("E-mail address", "wrong@mail.example");
        other.press("Sign in");
        assertThat(other.page().getByRole(AriaRole.ALERT)).containsText("not sent to this address");
        other.assertAccessible();
        // The browser itself reports the status of a page that is no success.
        visit.complaints().removeIf(text -> text.contains("400 (Bad Request)"));
        other.complaints().removeIf(text -> text.contains("403 (Forbidden)"));
    }

    @Test
    void sendAgainAndAnExpiredLink() {
        var visit = visit();
        visit.ask("/sign-in", "Continue", newAddress());
        var first = visit.link();
        visit.press("Send again");
        assertThat(visit.title()).isEqualTo("Check your mail");
        assertThat(visit.link()).isNotEqualTo(first);

        TestRows.update("UPDATE auth.link SET expires_at = now() WHERE id = ?", first.value());
        visit.open(Person.path(first));
        assertThat(visit.title()).isEqualTo("The link has expired");
        visit.assertAccessible();
        visit.press("Send a fresh link");

        assertThat(visit.title()).isEqualTo("Check your mail");
        visit.complaints().removeIf(text -> text.contains("410 (Gone)"));
    }

    @Test
    void everythingWorksWithoutScripts() {
        var visit = visit(new NewContextOptions().setJavaScriptEnabled(false));
        visit.ask("/sign-in", "Continue", newAddress());
        TestRows.update(
                "UPDATE auth.link SET mailed_at = now() WHERE id = ?", visit.link().value());

        visit.page().getByText("Look again how it stands").click();

        assertThat(visit.page().getByText("on its way to you")).isVisible();
        visit.type("Six-digit code", visit.code());
        visit.press("Sign in");
        assertThat(visit.title()).isEqualTo("Your account");
        visit.press("Sign out everywhere");
        assertThat(visit.title()).isEqualTo("You are signed out");
    }

    @Test
    void everyStateIsSaidWithoutScripts() {
        var visit = visit(new NewContextOptions().setJavaScriptEnabled(false));
        visit.ask("/sign-up", "Create account", newAddress());
        var said = visit.page().getByRole(AriaRole.STATUS).locator("p:visible");
        assertThat(said).containsText("is being sent");

        change(visit, "mail_status = 'bounced'");
        visit.page().getByText("Look again how it stands").click();
        assertThat(said).containsText("could not be delivered");
        visit.press("Send again");
        assertThat(said).containsText("is being sent");
        change(visit, "expires_at = now()");
        visit.page().getByText("Look again how it stands").click();
        assertThat(said).containsText("has expired");
        visit.press("Send again");
        assertThat(said).containsText("is being sent");
        change(visit, "confirmed_at = now()");
        visit.page().getByText("Look again how it stands").click();
        assertThat(said).containsText("was used");
    }

    @Test
    void theKeyboardIsEnoughToSignUpAndForAFreshLink() {
        var visit = visit();
        var keyboard = visit.page().keyboard();
        visit.open("/sign-up");
        assertThat(visit.page().getByLabel("E-mail address")).isFocused();
        keyboard.type(newAddress());
        keyboard.press("Enter");
        visit.page().waitForURL("**/code**");
        assertThat(visit.page().getByText("Look again how it stands")).isHidden();
        change(visit, "expires_at = now()");
        visit.open(Person.path(visit.link()));
        assertThat(visit.title()).isEqualTo("The link has expired");
        for (int i = 0; i < 5 && !"BUTTON".equals(focused(visit)); i++) {
            keyboard.press("Tab");
        }
        assertThat(visit.button("Send a fresh link")).isFocused();

        keyboard.press("Enter");

        assertThat(visit.page().getByText("Look again how it stands")).isHidden();
        assertThat(visit.title()).isEqualTo("Check your mail");
        visit.complaints().removeIf(text -> text.contains("410 (Gone)"));
    }

    private static void change(Visit visit, String change) {
        TestRows.update("UPDATE auth.link SET " + change + " WHERE id = ?", visit.link().value());
    }

    @Test
    void theKeyboardIsEnough() {
        var visit = visit();
        var keyboard = visit.page().keyboard();
        visit.open("/sign-in");
        assertThat(visit.page().getByLabel("E-mail address")).isFocused();
        keyboard.type(newAddress());
        keyboard.press("Enter");
        // The page's script takes the link away that is for those without it.
        assertThat(visit.page().getByText("Look again how it stands")).isHidden();
        keyboard.press("Tab");
        keyboard.type(visit.code());
        keyboard.press("Tab");
        assertThat(visit.button("Sign in")).isFocused();
        keyboard.press("Enter");

        assertThat(visit.page().locator(".who")).isVisible();
        keyboard.press("Tab");
        keyboard.press("Tab");
        assertThat(visit.button("Sign out here")).isFocused();
        keyboard.press("Enter");
        assertThat(visit.page().getByText("You are signed out")).isVisible();
    }
}

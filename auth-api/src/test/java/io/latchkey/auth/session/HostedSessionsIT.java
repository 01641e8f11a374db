package io.latchkey.auth.session;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.SISTER;
import static io.latchkey.auth.RunningAuthApi.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.auth.app.BuiltInApps;
import io.latchkey.events.EndReason;
import io.latchkey.events.LinkId;
import io.latchkey.events.SessionId;
import io.latchkey.events.SessionIssued;
import io.latchkey.events.SessionRevoked;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.RefreshToken;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

/** Who is signed in on our own pages, and until when. */
class HostedSessionsIT {
    private static final String COOKIE = "latchkey";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private final RunningAuthApi api = RunningAuthApi.get();
    private final Backend backend = new Backend(APP);
    private final Person person = new Person();

    @AfterEach
    void close() {
        person.close();
        backend.close();
    }

    @Test
    void theButtonSignsItsBrowserInOnOurPages() {
        var address = newAddress();
        var link = backend.link(address);

        var pressed = person.press(link);

        assertThat(cookieHeader(pressed))
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Lax", "Path=/", "Max-Age=2592000");
        var session = find(cookie(pressed));
        assertThat(session).isNotNull();
        assertThat(session.email()).isEqualTo(address);
        assertThat(session.linkId()).isEqualTo(link);
        assertThat(session.appId())
                .isEqualTo(
                        api.bean(BuiltInApps.class)
                                .of("default")
                                .blockOptional()
                                .orElseThrow()
                                .id());
        TestEvents.awaitExactly(session.id(), "SessionIssued");
        assertThat(TestEvents.awaitOne(session.id(), SessionIssued.class).context().linkId())
                .isEqualTo(link);
    }

    @Test
    void lookingAtThePageSignsNobodyIn() {
        assertThat(person.open(backend.link(newAddress())).headers().allValues("Set-Cookie"))
                .noneMatch(HostedSessionsIT::isHosted);
    }

    @Test
    void aDoubleClickLeadsToOneSession() {
        var link = backend.link(newAddress());
        var field = Browser.field(person.open(link));

        var answers = AtOnce.times(8, () -> person.submit(link, field));

        assertThat(answers)
                .extracting(HostedSessionsIT::cookie)
                .containsOnly(cookie(answers.getFirst()));
        assertThat(hostedSessionsOf(link)).hasSize(1);
    }

    @Test
    void signingInAgainCarriesTheSessionOn() {
        var address = newAddress();
        var first = cookie(person.press(backend.link(address)));
        var before = sessionOf(first);
        moveBack(before.id());

        var second = cookie(person.press(backend.link(address)));

        var after = sessionOf(second);
        assertThat(second).isEqualTo(first);
        assertThat(after.authTime()).isAfterOrEqualTo(before.authTime());
        assertThat(after.expiresAt()).isAfterOrEqualTo(before.expiresAt());
        TestEvents.awaitExactly(before.id(), "SessionIssued", "SessionRefreshed");
    }

    @Test
    void aDoubleClickCarriesItOnOnce() {
        var address = newAddress();
        var session = sessionOf(cookie(person.press(backend.link(address))));
        var again = backend.link(address);
        var field = Browser.field(person.open(again));

        var _ = AtOnce.times(5, () -> person.submit(again, field));

        TestEvents.awaitExactly(session.id(), "SessionIssued", "SessionRefreshed");
        assertThat(hostedSessionsOf(again)).isEmpty();
    }

    @Test
    void anotherUserInTheSameBrowserEndsTheSession() {
        var first = cookie(person.press(backend.link(newAddress())));
        var ended = sessionOf(first);

        var second = cookie(person.press(backend.link(newAddress())));

        assertThat(find(first)).isNull();
        assertThat(sessionOf(second).userId()).isNotEqualTo(ended.userId());
        assertThat(TestEvents.awaitOne(ended.id(), SessionRevoked.class).endReason())
                .isEqualTo(EndReason.SIGNED_OUT);
    }

    @Test
    void anotherTenantsUserIsAnotherUser() {
        var address = newAddress();
        var ours = cookie(person.press(backend.link(address)));
        try (var stranger = new Backend(STRANGER)) {
            var theirs = cookie(person.press(stranger.link(address)));

            assertThat(find(ours)).isNull();
            assertThat(sessionOf(theirs).tenant()).isEqualTo("elsewhere");
        }
    }

    @Test
    void anAppsSessionRemembersTheOneOfOurPages() {
        var pressed = person.press(backend.link(newAddress()));
        var tokens = Backend.tokens(backend.redeem(Person.code(pressed)));

        var row =
                TestRows.select(
                                "SELECT * FROM auth.session WHERE id = ?",
                                SessionId.parse(tokens.required("session_id").stringValue())
                                        .value())
                        .getFirst();

        assertThat(row.get("hosted_session_id"))
                .isEqualTo(sessionOf(cookie(pressed)).id().value().toString());
    }

    @Test
    void anAppThatWantsShortSessionsGetsShortOnesHereToo() {
        var request = requestFor(newAddress());
        request.put("session_duration", 60);

        assertThat(cookieHeader(person.press(backend.link(request)))).contains("Max-Age=60;");
    }

    @Test
    void whatIsNotAliveIsNobody() {
        var ended = cookie(person.press(backend.link(newAddress())));
        end(sessionOf(ended).id(), "default");
        var expired = cookie(person.press(backend.link(newAddress())));
        TestRows.update(
                "UPDATE auth.session SET expires_at = now() WHERE id = ?",
                sessionOf(expired).id().value());
        var blocked = cookie(person.press(backend.link(newAddress())));
        TestRows.update(
                "UPDATE auth.\"user\" SET status = 'blocked' WHERE id = ?",
                sessionOf(blocked).userId().value());

        assertThat(List.of(ended, expired, blocked)).allMatch(cookie -> find(cookie) == null);
    }

    @Test
    void whatIsNotGenuineIsNobody() {
        var good = cookie(person.press(backend.link(newAddress())));
        var session = sessionOf(good);
        var app = backend.signIn(newAddress());
        var removed = KeyRing.parse(KeyRing.generate("k000"));

        assertThat(
                        List.of(
                                "",
                                "x",
                                good + "x",
                                good.substring(1),
                                // An app's refresh token is no cookie of ours.
                                app.required("refresh_token").stringValue(),
                                RefreshToken.of(session.id(), 2, "k001", api.ring()),
                                RefreshToken.of(session.id(), 1, "k000", removed),
                                RefreshToken.of(SessionId.next(), 1, "k001", api.ring())))
                .allMatch(cookie -> find(cookie) == null);
        assertThat(find(good)).isNotNull();
    }

    @Test
    void theCookieIsWorthNothingAtTheTokenEndpoint() {
        var cookie = cookie(person.press(backend.link(newAddress())));
        var account = sessionOf(cookie).appId();

        assertThat(backend.refresh(cookie).body()).contains("invalid_grant");
        assertThat(
                        person.browser()
                                .postForm(
                                        "/oauth2/token",
                                        Map.of(
                                                "grant_type",
                                                "refresh_token",
                                                "client_id",
                                                account.toString(),
                                                "refresh_token",
                                                cookie))
                                .body())
                .contains("invalid_client");
        assertThat(find(cookie)).isNotNull();
    }

    @Test
    void endingIsTheTenantsOrTheAppsOwnAndHappensOnce() {
        var session =
                SessionId.parse(backend.signIn(newAddress()).required("session_id").stringValue());

        assertThat(end(session, "elsewhere")).isZero();
        assertThat(end(new Ending.OneOfApp(session, SISTER))).isZero();
        var ended = AtOnce.times(8, () -> end(session, "default"));

        assertThat(ended).containsOnly(0, 1).containsOnlyOnce(1);
        assertThat(end(new Ending.OneOfApp(session, APP))).isZero();
        var event = TestEvents.awaitOne(session, SessionRevoked.class);
        assertThat(event.endReason()).isEqualTo(EndReason.REVOKED);
        TestEvents.awaitExactly(session, "SessionIssued", "SessionRevoked");
    }

    @Test
    void allSessionsOfAUserEndAndNobodyElses() {
        var address = newAddress();
        var pressed = person.press(backend.link(address));
        var mine = Backend.tokens(backend.redeem(Person.code(pressed)));
        var again = backend.signIn(address);
        var others = backend.signIn(newAddress());
        var user = sessionOf(cookie(pressed)).userId();

        // Two of the app, one of each browser's pages.
        assertThat(AtOnce.times(4, () -> end(new Ending.AllOfUser(user))))
                .containsOnly(0, 4)
                .containsOnlyOnce(4);

        assertThat(find(cookie(pressed))).isNull();
        assertThat(List.of(mine, again))
                .allSatisfy(
                        tokens ->
                                assertThat(
                                                backend.refresh(
                                                                tokens.required("refresh_token")
                                                                        .stringValue())
                                                        .body())
                                        .contains("invalid_grant"));
        assertThat(backend.refresh(others.required("refresh_token").stringValue()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aCodeIsWorthWhatTheBrowsersSessionIs() {
        var pressed = person.press(backend.link(newAddress()));
        var hosted = sessionOf(cookie(pressed)).id();

        assertThat(end(new Ending.OfBrowser(hosted))).isOne();

        assertThat(backend.redeem(Person.code(pressed)).body()).contains("invalid_grant");
    }

    @Test
    void oneBuiltInAppIsMadeForATenant() {
        var tenant = "tenant-" + UUID.randomUUID();
        var apps = api.bean(BuiltInApps.class);

        var made = AtOnce.times(8, () -> apps.of(tenant).blockOptional().orElseThrow().id());

        assertThat(made).containsOnly(made.getFirst());
        assertThat(TestRows.count("FROM auth.app WHERE tenant = ?", tenant)).isEqualTo(1);
        TestEvents.awaitExactly(made.getFirst(), "AppChanged");
    }

    @Test
    void aTenantOfClosedAppsHasNoOpenDoorAtItsOwnPages() {
        var apps = api.bean(BuiltInApps.class);

        assertThat(apps.of("members").blockOptional().orElseThrow().signUpOpen()).isFalse();
        assertThat(apps.of("default").blockOptional().orElseThrow().signUpOpen()).isTrue();
    }

    private int end(SessionId session, String tenant) {
        return end(new Ending.OneOfTenant(session, tenant));
    }

    private int end(Ending.Which which) {
        var ending = new Ending(which, EndReason.REVOKED, "test");
        return api.bean(EndSession.class).end(ending).blockOptional(PATIENCE).orElseThrow();
    }

    private @Nullable Session find(String cookie) {
        var exchange =
                MockServerWebExchange.from(
                        MockServerHttpRequest.get("/account")
                                .cookie(new HttpCookie(COOKIE, cookie)));
        return api.bean(HostedSessions.class).of(exchange).block(PATIENCE);
    }

    private Session sessionOf(String cookie) {
        var session = find(cookie);
        assertThat(session).isNotNull();
        return session;
    }

    private static List<Map<String, @Nullable String>> hostedSessionsOf(LinkId link) {
        return TestRows.select(
                "SELECT s.* FROM auth.session s JOIN auth.app a ON a.id = s.app_id"
                        + " WHERE a.built_in AND s.link_id = ?",
                link.value());
    }

    private static void moveBack(SessionId session) {
        TestRows.update(
                "UPDATE auth.session SET auth_time = auth_time - interval '1 hour' WHERE id = ?",
                session.value());
    }

    private static String cookieHeader(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(HostedSessionsIT::isHosted)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isHosted(String setCookie) {
        return setCookie.startsWith(COOKIE + "=");
    }

    private static String cookie(HttpResponse<String> answer) {
        return Browser.cookie(answer, COOKIE);
    }
}

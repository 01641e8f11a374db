package io.latchkey.auth.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.limit.Limits;
import io.latchkey.events.AppId;
import io.latchkey.events.MailBranding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise S10: exact redirects. */
class AppTest {
    private static final String WEB = "https://app.example/callback";
    private static final String LOOPBACK = "http://127.0.0.1:3000/callback?from=mail";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example/callback/",
                "https://app.example/callback?",
                "https://app.example/callback?x=1",
                "https://app.example/callback#x",
                "https://app.example/Callback",
                "https://app.example/%63allback",
                "https://app.example/x/../callback",
                "https://APP.example/callback",
                "https://app.example:443/callback",
                "https://app.example./callback",
                "https://app.example/callback ",
                "https://app.example@evil.example/callback",
                "http://app.example/callback",
                "//app.example/callback",
                "/callback",
                "javascript:alert(1)",
                ""
            })
    void aRedirectUriIsComparedCharacterByCharacter(String uri) {
        assertThat(app(App.Type.CONFIDENTIAL, WEB).allowsRedirectTo(WEB)).isTrue();
        assertThat(app(App.Type.CONFIDENTIAL, WEB).allowsRedirectTo(uri)).isFalse();
        assertThat(app(App.Type.PUBLIC, WEB).allowsRedirectTo(uri)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/callback?from=mail",
                "http://127.0.0.1:1/callback?from=mail",
                "http://127.0.0.1:65535/callback?from=mail"
            })
    void theLoopbackPortOfAPublicAppIsFree(String uri) {
        assertThat(app(App.Type.PUBLIC, LOOPBACK).allowsRedirectTo(uri)).isTrue();
        assertThat(app(App.Type.CONFIDENTIAL, LOOPBACK).allowsRedirectTo(uri)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:3000/callback?from=mail",
                "http://[::1]:3000/callback?from=mail",
                "https://127.0.0.1:3000/callback?from=mail",
                "http://127.0.0.1:3000/callback",
                "http://127.0.0.1:3000/callback?from=mail&x=1",
                "http://127.0.0.1:3000/callback?from=mail\n",
                "http://127.0.0.1:/callback?from=mail",
                "http://127.0.0.1:3000@evil.example/callback?from=mail",
                "http://127.0.0.1.evil.example/callback?from=mail",
                "http://127.0.0.2:3000/callback?from=mail"
            })
    void nothingButThePortIsFree(String uri) {
        assertThat(app(App.Type.PUBLIC, LOOPBACK).allowsRedirectTo(uri)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost/", "http://[::1]/", "http://127.0.0.1/"})
    void everyLoopbackHostHasFreePorts(String registered) {
        var elsewhere = registered.replaceFirst("/$", ":49152/");

        assertThat(app(App.Type.PUBLIC, registered).allowsRedirectTo(elsewhere)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example/callback",
                "https://app.example",
                "https://app.example:8443/a?b=c",
                "http://localhost:3000/callback",
                "http://127.0.0.1/",
                "http://[::1]:3000/"
            })
    void httpsAndHttpOnLoopbackMayBeRegistered(String uri) {
        assertThat(App.isRegistrable(uri)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example/callback",
                "http://localhost.evil.example/",
                "http://127.0.0.1.evil.example/",
                "http://localhost:3000@evil.example/",
                "https://app.example/#x",
                "https://ada@app.example/",
                "https:///callback",
                "https:callback",
                "//app.example/",
                "/callback",
                "javascript:alert(1)",
                "data:text/html,x",
                "app.example:/callback",
                "https://app.example/ x",
                "https://app.example/\r\nSet-Cookie: x",
                ""
            })
    void nothingElseMayBeRegistered(String uri) {
        assertThat(App.isRegistrable(uri)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://app.example", "https://app.example:8443", "http://localhost:3000"})
    void anOriginIsSchemeHostAndPort(String origin) {
        assertThat(App.isOrigin(origin)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example/", "https://App.example", "https://app.example:443", "*",
                "http://app.example", "http://localhost:80", "https://app.example?x", "null",
                "https://app.example:", ""
            })
    void nothingElseIsAnOrigin(String text) {
        assertThat(App.isOrigin(text)).isFalse();
    }

    private static App app(App.Type type, String redirectUri) {
        return new App(
                AppId.next(),
                "default",
                "App",
                type,
                List.of(),
                List.of(redirectUri),
                Set.of(),
                MailBranding.NONE,
                Duration.ofMinutes(10),
                Duration.ofDays(30),
                true,
                App.SameBrowser.CONFIRM,
                List.of(),
                Set.of(),
                Limits.DEFAULT,
                Map.of(),
                false);
    }
}

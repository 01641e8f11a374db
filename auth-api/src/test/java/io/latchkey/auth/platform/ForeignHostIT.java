package io.latchkey.auth.platform;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.oauth.AuthorizationUrl;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Promise S9: scheme and host are those of the public URL, whatever a request says. */
class ForeignHostIT {
    private static final String EVIL = "evil.example";
    private final RunningAuthApi api = RunningAuthApi.get();

    /** By a socket: no client of ours would name another host than it asks. */
    private String send(String method, String path, String body, String... headers) {
        var request =
                new StringBuilder()
                        .append(method + " " + path + " HTTP/1.1\r\n")
                        .append("Host: " + EVIL + "\r\n")
                        .append("X-Forwarded-Host: " + EVIL + "\r\n")
                        .append("X-Forwarded-Proto: https\r\n")
                        .append("X-Forwarded-Port: 666\r\n")
                        .append("X-Forwarded-Prefix: /" + EVIL + "\r\n")
                        .append("Forwarded: host=" + EVIL + ";proto=https\r\n")
                        .append("Connection: close\r\n")
                        .append("Content-Length: " + body.length() + "\r\n");
        for (var header : headers) {
            request.append(header + "\r\n");
        }
        request.append("\r\n" + body);
        var url = URI.create(api.url());
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theMailsLinkIsOfThePublicUrl() {
        try (var backend = new Backend(APP)) {
            var answer =
                    send(
                            "POST",
                            "/api/v1/links",
                            Browser.tree(requestFor(newAddress())).toString(),
                            "Content-Type: application/json",
                            "Authorization: " + backend.authorization());

            assertThat(answer).startsWith("HTTP/1.1 202").doesNotContain(EVIL);
            var json = Browser.parse(answer.substring(answer.indexOf('{')));
            var link = LinkId.parse(json.required("link_id").stringValue());
            assertThat(TestEvents.awaitOne(link, LinkRequested.class).confirmUrlBase())
                    .isEqualTo(api.url() + "/l/");
        }
    }

    @Test
    void discoveryRedirectsAndPagesAreOfThePublicUrl() {
        assertThat(send("GET", "/.well-known/openid-configuration", ""))
                .startsWith("HTTP/1.1 200")
                .contains("\"issuer\":\"" + api.url() + "\"")
                .doesNotContain(EVIL);
        assertThat(send("GET", "/oauth2/authorize?" + AuthorizationUrl.of(APP).query(), ""))
                .startsWith("HTTP/1.1 303")
                .containsIgnoringCase("Location: " + api.url() + "/sign-in?")
                .doesNotContain(EVIL);
        for (var path : new String[] {"/sign-in", "/account", "/code", "/l/x", "/nowhere"}) {
            assertThat(send("GET", path, "", "Accept: text/html"))
                    .as(path)
                    .startsWith("HTTP/1.1 ")
                    .doesNotContain(EVIL);
        }
    }
}

package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo app's backend, and the person with the mailbox and the browser. */
final class DemoClient implements AutoCloseable {
    private static final Pattern LINK = Pattern.compile("https?://\\S+/l/[A-Za-z0-9_-]+");
    private static final Pattern CODE = Pattern.compile("\\b(\\d{6}|\\d{3}[ \\u00a0]\\d{3})\\b");
    private static final Pattern FIELD =
            Pattern.compile(
                    "<input[^>]*type=\"hidden\"[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final HttpClient backend = HttpClient.newHttpClient();
    private final JsonNode endpoints;
    private final Mailbox mailbox;

    /** Reads its mails in the standalone's inbox. */
    DemoClient(JsonNode endpoints) {
        this.endpoints = endpoints;
        this.mailbox = this::inInbox;
    }

    /**
     * @param endpoints with what a standalone writes of {@code auth_url}, {@code audit_url}, {@code
     *     audit_token}, {@code client_id} and {@code client_secret}
     */
    DemoClient(JsonNode endpoints, Mailbox mailbox) {
        this.endpoints = endpoints;
        this.mailbox = mailbox;
    }

    /** Where the person's mails arrive. */
    @FunctionalInterface
    interface Mailbox {
        /** What was sent to this address, the newest first. */
        List<ReceivedMail> mails(String email);
    }

    /**
     * A mail.
     *
     * @param messageId of its header
     * @param text its plain part
     */
    record ReceivedMail(String messageId, String text) {
        String link() {
            var matcher = LINK.matcher(text);
            assertThat(matcher.find()).as("a link in the mail").isTrue();
            return matcher.group();
        }

        String code() {
            var matcher = CODE.matcher(text);
            assertThat(matcher.find()).as("a code in the mail").isTrue();
            return matcher.group().replaceAll("\\D", "");
        }
    }

    /** Asks for a link, again where that was too much for a moment; returns its id. */
    String requestLink(String email) {
        return idOf(
                Awaitility.await("a link for " + email)
                        .atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofSeconds(1))
                        .pollDelay(Duration.ZERO)
                        .until(
                                () -> postLink(email),
                                answer -> !answer.body().contains("\"overloaded\"")));
    }

    /** Likewise, for a person of whom the app knows more. */
    String requestLink(String email, Map<String, String> endUser) {
        return idOf(
                postLink(
                        Map.of(
                                "email",
                                email,
                                "redirect_uri",
                                DemoApp.REDIRECT_URI,
                                "end_user",
                                endUser)));
    }

    private static String idOf(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).get("link_id").stringValue();
    }

    /** As the administrator: a mail to try it out; returns the id of its link. */
    String requestTestMail(String email) {
        var body = Map.of("client_id", text("client_id"), "email", email, "locale", "de");
        return idOf(
                send(
                        backend,
                        HttpRequest.newBuilder(URI.create(url("auth_url") + "/api/v1/mail-test"))
                                .header("Authorization", "Bearer " + text("admin_token"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))));
    }

    HttpResponse<String> postLink(String email) {
        return postLink(Map.of("email", email, "redirect_uri", DemoApp.REDIRECT_URI));
    }

    private HttpResponse<String> postLink(Map<String, ?> body) {
        return send(
                backend,
                HttpRequest.newBuilder(URI.create(url("auth_url") + "/api/v1/links"))
                        .header("Authorization", basic())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    JsonNode linkStatus(String linkId) {
        return getJson(url("auth_url") + "/api/v1/links/" + linkId, basic());
    }

    ReceivedMail awaitMail(String email) {
        return Awaitility.await("mail to " + email)
                .atMost(Duration.ofSeconds(60))
                .until(() -> mails(email), mails -> !mails.isEmpty())
                .getFirst();
    }

    List<ReceivedMail> mails(String email) {
        return mailbox.mails(email);
    }

    private List<ReceivedMail> inInbox(String email) {
        var mails = new ArrayList<ReceivedMail>();
        for (var message :
                getJson(url("inbox_url") + "/api/v1/messages?limit=2000", "").get("messages")) {
            if (message.at("/To/0/Address").stringValue().equals(email)) {
                var id = message.get("ID").stringValue();
                var mail = getJson(url("inbox_url") + "/api/v1/message/" + id, "");
                mails.add(
                        new ReceivedMail(
                                mail.get("MessageID").stringValue(),
                                mail.get("Text").stringValue()));
            }
        }
        return mails;
    }

    /** Opens the page and presses its button; returns where the browser is sent. */
    URI press(String link) {
        var page = send(browser, HttpRequest.newBuilder(URI.create(link)));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        var answer =
                send(
                        browser,
                        HttpRequest.newBuilder(URI.create(link))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Sec-Fetch-Site", "same-origin")
                                .header("Origin", "null")
                                .POST(BodyPublishers.ofString(form(hiddenFields(page.body())))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }

    static String codeOf(URI redirect) {
        return Pattern.compile("&")
                .splitAsStream(redirect.getRawQuery())
                .filter(parameter -> parameter.startsWith("code="))
                .map(parameter -> parameter.substring("code=".length()))
                .findFirst()
                .orElseThrow();
    }

    /** Exchanges an authorization code for tokens. */
    JsonNode exchange(String code) {
        return token(
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        DemoApp.REDIRECT_URI));
    }

    HttpResponse<String> refresh(String refreshToken) {
        return postToken(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    JsonNode token(Map<String, String> parameters) {
        var answer = postToken(parameters);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    HttpResponse<String> postToken(Map<String, String> parameters) {
        return send(
                backend,
                HttpRequest.newBuilder(URI.create(url("auth_url") + "/oauth2/token"))
                        .header("Authorization", basic())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form(parameters))));
    }

    /** Types of what was recorded about a link, oldest first; empty while nothing is. */
    List<String> auditTypes(String linkId) {
        var answer =
                send(
                        backend,
                        HttpRequest.newBuilder(
                                        URI.create(
                                                url("audit_url") + "/api/v1/audit/links/" + linkId))
                                .header("Authorization", "Bearer " + text("audit_token")));
        return answer.statusCode() == 404
                ? List.of()
                : JSON.readTree(answer.body())
                        .get("items")
                        .valueStream()
                        .map(event -> event.get("type").stringValue())
                        .toList();
    }

    /** Types of what was recorded about a session, the newest first. */
    List<String> auditTypesOfSession(String sessionId) {
        return getJson(
                        url("audit_url") + "/api/v1/audit/events?session_id=" + sessionId,
                        "Bearer " + text("audit_token"))
                .get("items")
                .valueStream()
                .map(event -> event.get("type").stringValue())
                .toList();
    }

    HttpResponse<String> get(String url) {
        return send(backend, HttpRequest.newBuilder(URI.create(url)));
    }

    /** With the app's own credentials. */
    HttpResponse<String> asApp(String method, String url) {
        return call(method, url, basic());
    }

    HttpResponse<String> call(String method, String url, String authorization) {
        return send(
                backend,
                HttpRequest.newBuilder(URI.create(url))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .header("Authorization", authorization));
    }

    JsonNode getJson(String url, String authorization) {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        var answer = send(backend, request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    String url(String name) {
        return text(name);
    }

    String text(String name) {
        return endpoints.get(name).stringValue();
    }

    private String basic() {
        var credentials = text("client_id") + ":" + text("client_secret");
        return "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> hiddenFields(String page) {
        return FIELD.matcher(page)
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(
                        field ->
                                field.getKey()
                                        + "="
                                        + URLEncoder.encode(
                                                field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(
                    request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        browser.shutdownNow();
        backend.shutdownNow();
    }
}

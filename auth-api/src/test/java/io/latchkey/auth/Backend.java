package io.latchkey.auth;

import static io.latchkey.auth.Browser.basic;
import static io.latchkey.auth.Browser.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.AppId;
import io.latchkey.events.LinkId;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server side of an app that lets its users sign in here. */
public final class Backend implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private final AppId app;
    private final String secret;
    private final Browser http;

    public Backend(AppId app) {
        this(app, RunningAuthApi.get().url());
    }

    /** Of a certain node. */
    public Backend(AppId app, String url) {
        this(app, url, RunningAuthApi.SECRET);
    }

    /** Of an app with a secret of its own. */
    public Backend(AppId app, String url, String secret) {
        this.app = app;
        this.secret = secret;
        this.http = new Browser(url);
    }

    /** An address that nobody has used. */
    public static String newAddress() {
        return "person" + PEOPLE.incrementAndGet() + "@mail.example";
    }

    /** The shortest request for a link. */
    public static Map<String, Object> requestFor(String email) {
        var request = new LinkedHashMap<String, Object>();
        request.put("email", email);
        request.put("redirect_uri", RunningAuthApi.REDIRECT);
        return request;
    }

    public String authorization() {
        return basic(app, secret);
    }

    /** {@code POST /api/v1/links}. */
    public HttpResponse<String> request(Map<String, ?> request, String... headers) {
        return send(JSON.writeValueAsString(request), headers);
    }

    /** Likewise, with a body as it is. */
    public HttpResponse<String> send(String body, String... headers) {
        return http.postJson("/api/v1/links", body, withCredentials(headers));
    }

    /** A link that was accepted. */
    public LinkId link(Map<String, ?> request) {
        var accepted = request(request);
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return LinkId.parse(json(accepted).required("link_id").stringValue());
    }

    public LinkId link(String email) {
        return link(requestFor(email));
    }

    /** {@code GET /api/v1/links/{link_id}}. */
    public HttpResponse<String> find(Object link) {
        return http.get("/api/v1/links/" + link, withCredentials());
    }

    public JsonNode look(LinkId link) {
        var found = find(link);
        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        return json(found);
    }

    public String status(LinkId link) {
        return look(link).required("status").stringValue();
    }

    public HttpResponse<String> revoke(Object link) {
        return http.delete("/api/v1/links/" + link, withCredentials());
    }

    /** {@code POST /oauth2/token}; a null value leaves a parameter out. */
    public HttpResponse<String> token(Map<String, @Nullable String> form) {
        var sent = new HashMap<String, String>();
        form.forEach(
                (name, value) -> {
                    if (value != null) {
                        sent.put(name, value);
                    }
                });
        return http.postForm("/oauth2/token", sent, withCredentials());
    }

    /** Redeems an authorization code; pairs of names and values are added, null leaves one out. */
    public HttpResponse<String> redeem(String code, @Nullable String... more) {
        var form = new HashMap<String, @Nullable String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", RunningAuthApi.REDIRECT);
        for (int i = 0; i < more.length; i += 2) {
            form.put(Objects.requireNonNull(more[i]), more[i + 1]);
        }
        return token(form);
    }

    public HttpResponse<String> refresh(String refreshToken) {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    /** Tokens of a new session, from request to redemption. */
    public JsonNode signIn(Map<String, ?> request) {
        try (var person = new Person()) {
            return tokens(redeem(person.confirm(link(request))));
        }
    }

    public JsonNode signIn(String email) {
        return signIn(requestFor(email));
    }

    /** The body of a successful answer of the token endpoint. */
    public static JsonNode tokens(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    public Browser http() {
        return http;
    }

    private String[] withCredentials(String... headers) {
        var all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = authorization();
        return all;
    }

    @Override
    public void close() {
        http.close();
    }
}

package io.latchkey.auth;

import static io.latchkey.auth.Browser.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.AppId;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of the native API with one credential. */
public final class Api implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private final Browser http;
    private final String authorization;

    private Api(String authorization) {
        this.http = new Browser(RunningAuthApi.get().url());
        this.authorization = authorization;
    }

    public static Api administrator() {
        return bearer(RunningAuthApi.ADMIN_TOKEN);
    }

    public static Api of(AppId app) {
        return of(app.toString(), RunningAuthApi.SECRET);
    }

    public static Api of(String clientId, String secret) {
        return new Api(basic(clientId, secret));
    }

    public static Api bearer(String token) {
        return new Api("Bearer " + token);
    }

    public HttpResponse<String> get(String path) {
        return http.get(path, "Authorization", authorization);
    }

    public HttpResponse<String> post(String path, Object body) {
        return http.postJson(path, json(body), "Authorization", authorization);
    }

    public HttpResponse<String> patch(String path, Object body) {
        return http.patchJson(path, json(body), "Authorization", authorization);
    }

    public HttpResponse<String> delete(String path) {
        return http.delete(path, "Authorization", authorization);
    }

    /** Text is sent as it is. */
    private static String json(Object body) {
        return body instanceof String text ? text : JSON.writeValueAsString(body);
    }

    /** The body of an answer with this status. */
    public static JsonNode body(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Browser.json(answer);
    }

    /** Asserts a problem, and gives the places of its errors. */
    public static Map<String, String> problem(
            HttpResponse<String> answer, int status, String code) {
        var problem = body(answer, status);
        assertThat(problem.required("code").stringValue()).isEqualTo(code);
        var errors = new LinkedHashMap<String, String>();
        problem.path("errors")
                .forEach(
                        e ->
                                errors.put(
                                        e.required("pointer").stringValue(),
                                        e.required("detail").stringValue()));
        return errors;
    }

    @Override
    public void close() {
        http.close();
    }
}

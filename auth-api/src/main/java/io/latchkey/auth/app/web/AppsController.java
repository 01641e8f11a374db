package io.latchkey.auth.app.web;

import io.latchkey.auth.app.Administrator;
import io.latchkey.auth.app.AppStore;
import io.latchkey.auth.app.ChangeApp;
import io.latchkey.auth.app.CreateApp;
import io.latchkey.auth.app.DeleteApp;
import io.latchkey.auth.app.RotateSecret;
import io.latchkey.auth.app.RotateSecretResult.NoSecrets;
import io.latchkey.auth.app.RotateSecretResult.Rotated;
import io.latchkey.auth.app.RotateSecretResult.UnknownApp;
import io.latchkey.auth.platform.ItemPage;
import io.latchkey.auth.platform.PageRequest;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.problem.RequestId;
import io.latchkey.events.AppId;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Apps, for the administrator. A tenant's built-in one is none of them. */
@RestController
@RequestMapping("/api/v1/apps")
class AppsController {
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private final AppStore apps;
    private final CreateApp createApp;
    private final ChangeApp changeApp;
    private final DeleteApp deleteApp;
    private final RotateSecret rotateSecret;
    private final AppSettingsReader reader;

    AppsController(
            AppStore apps,
            CreateApp createApp,
            ChangeApp changeApp,
            DeleteApp deleteApp,
            RotateSecret rotateSecret,
            AppSettingsReader reader) {
        this.apps = apps;
        this.createApp = createApp;
        this.changeApp = changeApp;
        this.deleteApp = deleteApp;
        this.rotateSecret = rotateSecret;
        this.reader = reader;
    }

    /** {@code POST /api/v1/apps}: 201, with the secret of a confidential app. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<AppResponse> create(@RequestBody byte[] body, ServerWebExchange exchange) {
        var sent = reader.read(body, Administrator.DEFAULT_TENANT);
        return createApp
                .create(sent.tenant(), sent.type(), sent.settings(), RequestId.of(exchange))
                .map(
                        created -> {
                            var answer = AppResponse.of(created.app(), created.secret());
                            exchange.getResponse()
                                    .getHeaders()
                                    .set(HttpHeaders.LOCATION, "/api/v1/apps/" + answer.clientId());
                            return answer;
                        });
    }

    /** {@code GET /api/v1/apps}: newest first, of all tenants or of one. */
    @GetMapping
    Mono<ItemPage<AppResponse>> list(@RequestParam MultiValueMap<String, String> query) {
        var page = PageRequest.of(query);
        return apps.list(query.getFirst("tenant"), page)
                .map(found -> ItemPage.of(found, page, stored -> stored.app().id().value()))
                .map(found -> found.map(AppResponse::of));
    }

    /** {@code GET /api/v1/apps/{client_id}}. */
    @GetMapping("/{clientId}")
    Mono<AppResponse> find(@PathVariable String clientId) {
        return apps.look(appId(clientId))
                .map(AppResponse::of)
                .switchIfEmpty(Mono.error(AppsController::notFound));
    }

    /** {@code PATCH /api/v1/apps/{client_id}}: a merge patch; removed settings are as usual. */
    @PatchMapping(
            path = "/{clientId}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MERGE_PATCH})
    Mono<AppResponse> change(
            @PathVariable String clientId, @RequestBody byte[] body, ServerWebExchange exchange) {
        return changeApp
                .change(
                        appId(clientId),
                        present -> reader.patched(present, body),
                        RequestId.of(exchange))
                .map(AppResponse::of)
                .switchIfEmpty(Mono.error(AppsController::notFound));
    }

    /** {@code DELETE /api/v1/apps/{client_id}}: 204, when its links and sessions are ended. */
    @DeleteMapping("/{clientId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(@PathVariable String clientId, ServerWebExchange exchange) {
        return deleteApp
                .delete(appId(clientId), RequestId.of(exchange))
                .flatMap(known -> known ? Mono.empty() : Mono.error(notFound()));
    }

    /** {@code POST /api/v1/apps/{client_id}/secrets}: 201; the one before stays valid. */
    @PostMapping("/{clientId}/secrets")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<SecretResponse> rotate(@PathVariable String clientId, ServerWebExchange exchange) {
        return rotateSecret
                .rotate(appId(clientId), RequestId.of(exchange))
                .map(
                        result ->
                                switch (result) {
                                    case Rotated(var secret) -> new SecretResponse(secret.value());
                                    case NoSecrets _ ->
                                            throw Problem.of(
                                                    ProblemCode.CONFLICT,
                                                    "A public app has no secret.");
                                    case UnknownApp _ -> throw notFound();
                                });
    }

    private static AppId appId(String text) {
        try {
            return AppId.parse(text);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static Problem notFound() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no such app.");
    }
}

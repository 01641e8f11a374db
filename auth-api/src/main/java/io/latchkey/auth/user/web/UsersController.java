package io.latchkey.auth.user.web;

import io.latchkey.auth.app.AppSettings;
import io.latchkey.auth.app.Caller;
import io.latchkey.auth.platform.ItemPage;
import io.latchkey.auth.platform.PageRequest;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.problem.RequestId;
import io.latchkey.auth.user.ChangeUser;
import io.latchkey.auth.user.CreateUser;
import io.latchkey.auth.user.DeleteUser;
import io.latchkey.auth.user.UserResult;
import io.latchkey.auth.user.UserResult.Kept;
import io.latchkey.auth.user.UserResult.Taken;
import io.latchkey.auth.user.UserResult.TooManyAttributes;
import io.latchkey.auth.user.UserResult.UnknownUser;
import io.latchkey.auth.user.UserStore;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.UserId;
import io.latchkey.events.secret.SubjectKey;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
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

/**
 * Users over the native API: an app sees those of its own tenant, the administrator those of any.
 * An app's backend may know who has an account; its visitors never ask here.
 */
@RestController
@RequestMapping("/api/v1/users")
class UsersController {
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private final UserStore users;
    private final CreateUser createUser;
    private final ChangeUser changeUser;
    private final DeleteUser deleteUser;
    private final UserReader reader;
    private final SubjectKey subjects;

    UsersController(
            UserStore users,
            CreateUser createUser,
            ChangeUser changeUser,
            DeleteUser deleteUser,
            UserReader reader,
            SubjectKey subjects) {
        this.users = users;
        this.createUser = createUser;
        this.changeUser = changeUser;
        this.deleteUser = deleteUser;
        this.reader = reader;
        this.subjects = subjects;
    }

    /** {@code POST /api/v1/users}: 201. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<UserResponse> create(
            @AuthenticationPrincipal Caller caller,
            @RequestParam MultiValueMap<String, String> query,
            @RequestBody byte[] body,
            ServerWebExchange exchange) {
        return createUser
                .create(caller, tenant(caller, query), reader.read(body), RequestId.of(exchange))
                .map(this::answer)
                .doOnNext(
                        answer ->
                                exchange.getResponse()
                                        .getHeaders()
                                        .set(
                                                HttpHeaders.LOCATION,
                                                "/api/v1/users/" + answer.userId()));
    }

    /** {@code GET /api/v1/users}: newest first, or the one with {@code email}. */
    @GetMapping
    Mono<ItemPage<UserResponse>> list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam MultiValueMap<String, String> query) {
        var tenant = tenant(caller, query);
        var email = query.getFirst("email");
        var page = PageRequest.of(query);
        var found =
                email == null
                        ? users.list(tenant, page)
                        : users.find(tenant, email(email)).map(List::of).defaultIfEmpty(List.of());
        return found.map(list -> ItemPage.of(list, page, user -> user.id().value()))
                .map(list -> list.map(user -> UserResponse.of(user, subjects)));
    }

    /** {@code GET /api/v1/users/{user_id}}. */
    @GetMapping("/{userId}")
    Mono<UserResponse> find(@AuthenticationPrincipal Caller caller, @PathVariable String userId) {
        return users.find(userId(userId))
                .filter(user -> caller.mayUse(user.tenant()))
                .map(user -> UserResponse.of(user, subjects))
                .switchIfEmpty(Mono.error(UsersController::notFound));
    }

    /** {@code PATCH /api/v1/users/{user_id}}: a merge patch. */
    @PatchMapping(
            path = "/{userId}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MERGE_PATCH})
    Mono<UserResponse> change(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String userId,
            @RequestBody byte[] body,
            ServerWebExchange exchange) {
        return changeUser
                .change(caller, userId(userId), reader.patch(body), RequestId.of(exchange))
                .map(this::answer);
    }

    /** {@code DELETE /api/v1/users/{user_id}}: 204; sessions and links ended, address erased. */
    @DeleteMapping("/{userId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String userId,
            ServerWebExchange exchange) {
        return deleteUser
                .delete(caller, userId(userId), RequestId.of(exchange))
                .flatMap(known -> known ? Mono.empty() : Mono.error(notFound()));
    }

    private UserResponse answer(UserResult result) {
        return switch (result) {
            case Kept(var user) -> UserResponse.of(user, subjects);
            case Taken _ ->
                    throw Problem.of(
                            ProblemCode.CONFLICT,
                            "The address, the username or the phone number is another user's.");
            case TooManyAttributes _ ->
                    throw Problem.invalid("/attributes", "expected: at most 16 KiB in all");
            case UnknownUser _ -> throw notFound();
        };
    }

    private static String tenant(Caller caller, MultiValueMap<String, String> query) {
        var named = query.getFirst("tenant");
        if (named == null) {
            return caller.ownTenant();
        }
        if (!AppSettings.isTenant(named)) {
            throw Problem.invalid("/tenant", "expected: 1 to 64 characters of [A-Za-z0-9._-]");
        }
        if (!caller.mayUse(named)) {
            throw Problem.of(ProblemCode.FORBIDDEN, "An app has the users of its own tenant.");
        }
        return named;
    }

    private static EmailAddress email(String text) {
        try {
            return EmailAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("/email", String.valueOf(e.getMessage()));
        }
    }

    private static UserId userId(String text) {
        try {
            return UserId.parse(text);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static Problem notFound() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no such user.");
    }
}

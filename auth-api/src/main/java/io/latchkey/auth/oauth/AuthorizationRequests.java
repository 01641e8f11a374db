package io.latchkey.auth.oauth;

import io.latchkey.auth.app.App;
import io.latchkey.auth.app.AppRegistry;
import io.latchkey.auth.oauth.AuthorizationError.Code;
import io.latchkey.auth.oauth.AuthorizationReading.Refused;
import io.latchkey.auth.oauth.AuthorizationReading.Valid;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.token.AuthorizationResponses;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Reads the authorization request in the query of a URL: at the authorization endpoint, and on the
 * pages that it leads to, which carry it along.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.1">RFC 6749 §4.1.1</a>
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest">OpenID Connect
 *     Core §3.1.2.1</a>
 */
@Component
public class AuthorizationRequests {
    private static final List<String> READ =
            List.of(
                    "response_type",
                    "response_mode",
                    "scope",
                    "state",
                    "nonce",
                    "code_challenge",
                    "code_challenge_method",
                    "prompt",
                    "max_age",
                    "login_hint",
                    "ui_locales",
                    "id_token_hint",
                    "request",
                    "request_uri",
                    "registration");

    private static final Map<String, Code> UNSUPPORTED =
            Map.of(
                    "request", Code.REQUEST_NOT_SUPPORTED,
                    "request_uri", Code.REQUEST_URI_NOT_SUPPORTED,
                    "registration", Code.REGISTRATION_NOT_SUPPORTED);

    private static final Pattern WORD = Pattern.compile("[ -~]{1,2048}");
    private static final Pattern SCOPE = Pattern.compile("[ !#-\\[\\]-~]{1,2048}");
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    /** As long as an address can be typed, and no control characters. */
    private static final Pattern HINT = Pattern.compile("[^\\p{Cc}]{1,1000}");

    private static final Pattern JWT = Pattern.compile("[A-Za-z0-9._-]{1,4096}");

    private final AppRegistry apps;
    private final AuthorizationResponses responses;

    AuthorizationRequests(AppRegistry apps, AuthorizationResponses responses) {
        this.apps = apps;
        this.responses = responses;
    }

    /**
     * Fails with a {@link Problem} where the app or its redirect URI is not to be trusted: that is
     * told to the person, and redirected nowhere (S10).
     */
    public Mono<AuthorizationReading> read(ServerWebExchange exchange) {
        return Mono.defer(
                () -> {
                    var sent = new SentParameters(exchange.getRequest().getQueryParams());
                    var redirectUri = trusted(sent, "redirect_uri");
                    return apps.find(trusted(sent, "client_id"))
                            .filter(app -> !app.builtIn())
                            .switchIfEmpty(Mono.error(AuthorizationRequests::unknownApp))
                            .map(app -> read(app, redirectUri, sent));
                });
    }

    private static String trusted(SentParameters sent, String name) {
        return sent.get(name)
                .orElseThrow(
                        () ->
                                Problem.of(
                                        ProblemCode.INVALID_REQUEST,
                                        "The app that sent you here did not say "
                                                + name
                                                + " exactly once."));
    }

    private static Problem unknownApp() {
        return Problem.of(
                ProblemCode.INVALID_REQUEST, "The app that sent you here is not known here.");
    }

    private AuthorizationReading read(App app, String redirectUri, SentParameters sent) {
        if (!app.allowsRedirectTo(redirectUri)) {
            throw Problem.of(
                    ProblemCode.REDIRECT_URI_NOT_ALLOWED,
                    "The app that sent you here did not register where to send you back to.");
        }
        return objection(app, sent)
                .<AuthorizationReading>map(error -> refused(redirectUri, sent, error))
                .orElseGet(() -> new Valid(request(app, redirectUri, sent)));
    }

    private Refused refused(String redirectUri, SentParameters sent, AuthorizationError error) {
        var state = sent.get("state").filter(text -> WORD.matcher(text).matches()).orElse(null);
        return new Refused(
                responses.error(redirectUri, error.code().toString(), error.description(), state));
    }

    /** What is wrong first. */
    private static Optional<AuthorizationError> objection(App app, SentParameters sent) {
        return Stream.<Supplier<Optional<AuthorizationError>>>of(
                        () -> repeated(sent),
                        () -> unsupported(sent),
                        () -> response(sent),
                        () -> malformed(sent),
                        () -> challenge(app, sent),
                        () -> prompts(sent))
                .flatMap(check -> check.get().stream())
                .findFirst();
    }

    private static Optional<AuthorizationError> repeated(SentParameters sent) {
        return READ.stream()
                .filter(sent::isRepeated)
                .findFirst()
                .map(name -> AuthorizationError.invalid(name + " is there more than once."));
    }

    private static Optional<AuthorizationError> unsupported(SentParameters sent) {
        return UNSUPPORTED.entrySet().stream()
                .filter(unsupported -> sent.get(unsupported.getKey()).isPresent())
                .findFirst()
                .map(
                        unsupported ->
                                new AuthorizationError(
                                        unsupported.getValue(),
                                        unsupported.getKey() + " is not supported."));
    }

    private static Optional<AuthorizationError> response(SentParameters sent) {
        var type = sent.get("response_type");
        if (type.isEmpty()) {
            return Optional.of(AuthorizationError.invalid("response_type is missing."));
        }
        if (!type.get().equals("code")) {
            return Optional.of(
                    new AuthorizationError(
                            Code.UNSUPPORTED_RESPONSE_TYPE, "response_type: only code."));
        }
        return sent.get("response_mode")
                .filter(mode -> !mode.equals("query"))
                .map(_ -> AuthorizationError.invalid("response_mode: only query."));
    }

    private static Optional<AuthorizationError> malformed(SentParameters sent) {
        if (breaks(sent, "scope", SCOPE)) {
            return Optional.of(
                    new AuthorizationError(Code.INVALID_SCOPE, "scope: words of RFC 6749."));
        }
        return Stream.of(
                        breaks(sent, "state", WORD)
                                ? "state: at most 2048 printable ASCII characters."
                                : "",
                        breaks(sent, "nonce", WORD)
                                ? "nonce: at most 2048 printable ASCII characters."
                                : "",
                        breaks(sent, "max_age", SECONDS) ? "max_age: whole seconds." : "",
                        breaks(sent, "login_hint", HINT)
                                ? "login_hint: at most 1000 characters of text."
                                : "",
                        breaks(sent, "id_token_hint", JWT) ? "id_token_hint: a JWT." : "")
                .filter(text -> !text.isEmpty())
                .findFirst()
                .map(AuthorizationError::invalid);
    }

    private static boolean breaks(SentParameters sent, String name, Pattern form) {
        return sent.get(name).filter(value -> !form.matcher(value).matches()).isPresent();
    }

    /**
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc7636#section-4.4.1">RFC 7636
     *     §4.4.1</a>
     */
    private static Optional<AuthorizationError> challenge(App app, SentParameters sent) {
        var challenge = sent.get("code_challenge");
        var method = sent.get("code_challenge_method");
        if (challenge.isEmpty() && method.isEmpty()) {
            return app.type() == App.Type.PUBLIC
                    ? Optional.of(AuthorizationError.invalid("code_challenge is missing."))
                    : Optional.empty();
        }
        // No method would mean "plain".
        if (!method.equals(Optional.of("S256"))) {
            return Optional.of(AuthorizationError.invalid("code_challenge_method: only S256."));
        }
        return challenge.filter(text -> CHALLENGE.matcher(text).matches()).isPresent()
                ? Optional.empty()
                : Optional.of(
                        AuthorizationError.invalid("code_challenge: 43 characters of base64url."));
    }

    private static Optional<AuthorizationError> prompts(SentParameters sent) {
        var words = words(sent, "prompt");
        if (words.stream().anyMatch(word -> Prompt.parse(word).isEmpty())) {
            return Optional.of(
                    AuthorizationError.invalid("prompt: none, login, consent, select_account."));
        }
        return words.contains("none") && Set.copyOf(words).size() > 1
                ? Optional.of(AuthorizationError.invalid("prompt: none stands alone."))
                : Optional.empty();
    }

    private static AuthorizationRequest request(App app, String redirectUri, SentParameters sent) {
        return new AuthorizationRequest(
                app,
                redirectUri,
                sent.get("state").orElse(null),
                sent.get("nonce").orElse(null),
                sent.get("code_challenge").orElse(null),
                words(sent, "prompt").stream()
                        .flatMap(word -> Prompt.parse(word).stream())
                        .collect(Collectors.toSet()),
                sent.get("max_age")
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                        .orElse(null),
                sent.get("login_hint").orElse(null),
                sent.get("id_token_hint").orElse(null));
    }

    private static List<String> words(SentParameters sent, String name) {
        return sent.get(name).stream()
                .flatMap(text -> Arrays.stream(text.split(" ", -1)))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}

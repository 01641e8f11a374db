package io.latchkey.auth.oauth;

import io.latchkey.auth.app.App;
import io.latchkey.auth.app.AppRegistry;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.token.IdTokens;
import io.latchkey.auth.token.IdTokens.Hint;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Mono;

/**
 * Reads requests for a sign-out. Nobody is sent to a place that the app has not registered (S10).
 *
 * @see <a href="https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout">RP-Initiated
 *     Logout §2</a>
 */
@Component
public class SignOutRequests {
    private static final Pattern STATE = Pattern.compile("[ -~]{1,2048}");
    private final IdTokens idTokens;
    private final AppRegistry apps;

    SignOutRequests(IdTokens idTokens, AppRegistry apps) {
        this.idTokens = idTokens;
        this.apps = apps;
    }

    /** Fails with a {@link Problem}, for the person to see, where it does not fit together. */
    public Mono<SignOutRequest> read(MultiValueMap<String, String> parameters) {
        return Mono.defer(
                () -> {
                    var sent = new SentParameters(parameters);
                    if (Stream.of("id_token_hint", "client_id", "post_logout_redirect_uri", "state")
                            .anyMatch(sent::isRepeated)) {
                        throw invalid("said something twice");
                    }
                    // One that is not ours says nothing: then the person is asked.
                    var hint = sent.get("id_token_hint").flatMap(idTokens::verifyHint);
                    return client(sent, hint)
                            .map(id -> apps.find(id).filter(app -> !app.builtIn()))
                            .orElse(Mono.empty())
                            .map(Optional::of)
                            .defaultIfEmpty(Optional.empty())
                            .map(app -> new SignOutRequest(hint, target(app, sent)));
                });
    }

    private static Optional<String> client(SentParameters sent, Optional<Hint> hint) {
        var named = sent.get("client_id");
        var hinted = hint.map(Hint::clientId);
        if (named.isPresent() && hinted.isPresent() && !named.equals(hinted)) {
            throw invalid("means another app's user");
        }
        return hinted.or(() -> named);
    }

    private static Optional<URI> target(Optional<App> app, SentParameters sent) {
        var state = sent.get("state");
        if (state.filter(text -> !STATE.matcher(text).matches()).isPresent()) {
            throw invalid("sent a state of more than 2048 characters, or not of ASCII");
        }
        return sent.get("post_logout_redirect_uri")
                .map(
                        uri -> {
                            if (app.filter(a -> a.postLogoutRedirectUris().contains(uri))
                                    .isEmpty()) {
                                throw Problem.of(
                                        ProblemCode.REDIRECT_URI_NOT_ALLOWED,
                                        "The app that sent you here did not register where to send"
                                                + " you back to.");
                            }
                            return URI.create(uri + state.map(s -> query(uri, s)).orElse(""));
                        });
    }

    private static String query(String uri, String state) {
        return (uri.indexOf('?') < 0 ? "?" : "&")
                + "state="
                + URLEncoder.encode(state, StandardCharsets.UTF_8);
    }

    private static Problem invalid(String what) {
        return Problem.of(ProblemCode.INVALID_REQUEST, "The app that sent you here " + what + ".");
    }
}

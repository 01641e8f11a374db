package io.latchkey.auth.oauth;

import io.latchkey.auth.session.EndSession;
import io.latchkey.auth.session.Ending;
import io.latchkey.auth.token.IdTokens.Hint;
import io.latchkey.events.AppId;
import io.latchkey.events.EndReason;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Signs somebody out of an app, and of our pages unless another app that he signed in to by them
 * still needs them. Two statements: the second one sees what others have ended meanwhile, so that
 * of two apps that sign out at once the later one finds nobody left. Cut off between the two, it
 * can be asked again.
 */
@Service
public class SignOut {
    private final EndSession endSession;

    SignOut(EndSession endSession) {
        this.endSession = endSession;
    }

    public Mono<Void> signOut(Hint hint, String requestId) {
        var app = AppId.parse(hint.clientId());
        return end(new Ending.OneOfApp(hint.sessionId(), app), requestId)
                .then(
                        Mono.defer(
                                () ->
                                        end(
                                                new Ending.UnusedHosted(hint.sessionId(), app),
                                                requestId)))
                .then();
    }

    private Mono<Integer> end(Ending.Which which, String requestId) {
        return endSession.end(new Ending(which, EndReason.SIGNED_OUT, requestId));
    }
}

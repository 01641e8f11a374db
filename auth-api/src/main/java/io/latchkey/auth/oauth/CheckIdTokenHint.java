package io.latchkey.auth.oauth;

import io.latchkey.auth.token.IdTokens;
import io.latchkey.auth.token.IdTokens.Hint;
import io.latchkey.auth.user.UserStore;
import io.latchkey.events.EmailAddress;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Tells whether somebody who is about to sign in is the one whom the app has named by an id token.
 * Whether the typed address has an account plays no part, and whoever has the token learns no more
 * than stands in it (S11).
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest">OpenID Connect
 *     Core §3.1.2.1</a>
 */
@Service
public class CheckIdTokenHint {
    private final IdTokens idTokens;
    private final UserStore users;

    CheckIdTokenHint(IdTokens idTokens, UserStore users) {
        this.idTokens = idTokens;
        this.users = users;
    }

    /**
     * An id token that is not ours names nobody, as does one of a user who is gone or has another
     * address now.
     */
    public Mono<Boolean> names(String idTokenHint, String tenant, EmailAddress typed) {
        return Mono.justOrEmpty(idTokens.verifyHint(idTokenHint))
                .filter(hint -> hint.email().equals(typed))
                .map(Hint::userId)
                .flatMap(users::find)
                .map(user -> user.tenant().equals(tenant) && user.email().equals(typed))
                .defaultIfEmpty(false);
    }
}

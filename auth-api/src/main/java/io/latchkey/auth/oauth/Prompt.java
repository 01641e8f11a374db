package io.latchkey.auth.oauth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What an app wants the person to be asked.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest">OpenID Connect
 *     Core §3.1.2.1</a>
 */
public enum Prompt {
    /** Nothing at all. */
    NONE,
    /** To prove the address again. */
    LOGIN,
    /** Whether the app may know: the page with the button says to which app it leads. */
    CONSENT,
    /** Which address. */
    SELECT_ACCOUNT;

    static Optional<Prompt> parse(String word) {
        return Arrays.stream(values()).filter(p -> p.toString().equals(word)).findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.latchkey.auth.signin.web;

import io.latchkey.auth.app.App;
import io.latchkey.auth.link.LinkRequest;
import io.latchkey.auth.link.Visitor;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.MailOverrides;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody signs in to.
 *
 * @param loginHint the address that the app supposes
 * @param idTokenHint names the only one whom the app will take; not yet verified
 */
record SignInRequest(
        App app,
        String redirectUri,
        @Nullable String state,
        @Nullable String nonce,
        @Nullable String codeChallenge,
        @Nullable String loginHint,
        @Nullable String idTokenHint) {

    LinkRequest linkFor(EmailAddress email, SignInKind kind, Visitor visitor, Locale language) {
        return new LinkRequest(
                email,
                null,
                kind.intent(),
                redirectUri,
                state,
                nonce,
                codeChallenge,
                null,
                null,
                null,
                language.toLanguageTag(),
                null,
                MailOverrides.NONE,
                visitor.ip(),
                visitor.userAgent(),
                visitor.browser(),
                !app.builtIn());
    }
}

package io.latchkey.auth.link;

import io.latchkey.events.EmailAddress;
import io.latchkey.events.Intent;
import io.latchkey.events.MailOverrides;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed request for a link.
 *
 * @param email stands for nobody while only the identifier is known
 * @param identifier where the app names the user otherwise
 * @param redirectUri not yet checked against the app
 * @param codeChallenge S256, 43 characters of base64url
 * @param expiresIn life from the hand-over; the app's where absent
 * @param deliverWithin how long handing over is tried
 * @param attributes JSON object, merged into the user's at the first confirmation
 * @param ip of the person who asked, as the app says
 * @param userAgent likewise
 * @param askedBy digest of the cookie of the browser that asked on a page of ours
 * @param byAuthorization whether an app's authorization request led there
 */
public record LinkRequest(
        EmailAddress email,
        @Nullable Identifier identifier,
        Intent intent,
        String redirectUri,
        @Nullable String state,
        @Nullable String nonce,
        @Nullable String codeChallenge,
        @Nullable Duration expiresIn,
        @Nullable Duration deliverWithin,
        @Nullable Duration sessionDuration,
        @Nullable String locale,
        @Nullable String attributes,
        MailOverrides mail,
        @Nullable String ip,
        @Nullable String userAgent,
        @Nullable String askedBy,
        boolean byAuthorization) {

    /** A request as an app makes it that says no more than it must. */
    public static LinkRequest plain(
            EmailAddress email,
            Intent intent,
            String redirectUri,
            @Nullable String locale,
            MailOverrides mail) {
        return new LinkRequest(
                email,
                null,
                intent,
                redirectUri,
                null,
                null,
                null,
                null,
                null,
                null,
                locale,
                null,
                mail,
                null,
                null,
                null,
                false);
    }

    /** The same, to the address of the user whom the identifier names. */
    LinkRequest to(EmailAddress found) {
        return with(found, intent);
    }

    /** The same, where the identifier names nobody: nobody signs up without an address. */
    LinkRequest toNobody() {
        return with(email, Intent.SIGN_IN);
    }

    private LinkRequest with(EmailAddress otherEmail, Intent otherIntent) {
        return new LinkRequest(
                otherEmail,
                identifier,
                otherIntent,
                redirectUri,
                state,
                nonce,
                codeChallenge,
                expiresIn,
                deliverWithin,
                sessionDuration,
                locale,
                attributes,
                mail,
                ip,
                userAgent,
                askedBy,
                byAuthorization);
    }

    /** The same, for whoever stands before a page of ours now. */
    LinkRequest askedBy(Visitor visitor) {
        return new LinkRequest(
                email,
                identifier,
                intent,
                redirectUri,
                state,
                nonce,
                codeChallenge,
                expiresIn,
                deliverWithin,
                sessionDuration,
                locale,
                attributes,
                mail,
                visitor.ip(),
                visitor.userAgent(),
                visitor.browser(),
                byAuthorization);
    }
}

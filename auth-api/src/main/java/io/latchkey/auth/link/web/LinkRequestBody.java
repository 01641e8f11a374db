package io.latchkey.auth.link.web;

import io.latchkey.auth.link.LinkRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body of {@code POST /api/v1/links} as it is sent; checked by {@link LinkRequestReader}. */
record LinkRequestBody(
        @Nullable String email,
        @Nullable Identifier identifier,
        @Nullable String intent,
        @Nullable String redirectUri,
        @Nullable String state,
        @Nullable String nonce,
        @Nullable String codeChallenge,
        @Nullable String codeChallengeMethod,
        @Nullable Long expiresIn,
        @Nullable Long deliverWithin,
        @Nullable Long sessionDuration,
        @Nullable String locale,
        @Nullable JsonNode attributes,
        @Nullable Mail mail,
        @Nullable EndUser endUser) {

    /** Another way to name the user. */
    record Identifier(@Nullable String type, @Nullable String value) {}

    /** Words of the mail. */
    record Mail(
            @Nullable String subject,
            @Nullable String headline,
            @Nullable String body,
            @Nullable String button,
            @Nullable String footer) {}

    /** The person at the app, as the app says. */
    record EndUser(@Nullable String ip, @Nullable String userAgent) {}

    /** Without anything that a person wrote. */
    @Override
    public String toString() {
        return LinkRequest.class.getSimpleName();
    }
}

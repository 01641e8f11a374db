package io.latchkey.auth.mail.web;

import org.jspecify.annotations.Nullable;

/** A mail to be shown or sent, on the wire. */
record MailTryBody(
        @Nullable String clientId,
        @Nullable String email,
        @Nullable String locale,
        @Nullable Words mail) {
    record Words(
            @Nullable String subject,
            @Nullable String headline,
            @Nullable String body,
            @Nullable String button,
            @Nullable String footer) {}

    /** Without the address. */
    @Override
    public String toString() {
        return "MailTryBody[" + clientId + "]";
    }
}

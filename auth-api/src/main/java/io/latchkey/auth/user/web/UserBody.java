package io.latchkey.auth.user.web;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A user as callers write it. */
record UserBody(
        @Nullable String email,
        @Nullable String username,
        @Nullable String phoneNumber,
        @Nullable JsonNode attributes,
        @Nullable String status) {
    /** Without anything personal. */
    @Override
    public String toString() {
        return "UserBody[]";
    }
}

package io.latchkey.auth.app.web;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A client secret, shown once. */
record SecretResponse(@JsonProperty("client_secret") String clientSecret) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "SecretResponse[]";
    }
}

package io.latchkey.auth.problem;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A problem as an OAuth endpoint tells it.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-5.2">RFC 6749 §5.2</a>
 */
record OAuthErrorBody(String error, @JsonProperty("error_description") String errorDescription) {
    static OAuthErrorBody of(Problem problem) {
        return new OAuthErrorBody(problem.code().oauthError(), problem.detail());
    }
}

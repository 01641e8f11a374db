package io.latchkey.auth.oauth;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import java.util.Map;
import java.util.Optional;

/**
 * A token request whose client is known.
 *
 * @param parameters each at most once
 */
public record TokenRequest(Client client, Map<String, String> parameters, String requestId) {
    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    String require(String name) {
        return parameter(name)
                .orElseThrow(
                        () ->
                                Problem.of(
                                        ProblemCode.INVALID_REQUEST,
                                        "The parameter " + name + " is missing."));
    }

    /** Without the parameters: they are secrets. */
    @Override
    public String toString() {
        return "TokenRequest[" + requestId + "]";
    }
}

package io.latchkey.auth.problem;

import org.springframework.web.server.ServerWebExchange;

/** Shows a problem to a person. */
public interface ProblemPage {
    /** HTML, in the reader's language. */
    String html(Problem problem, ServerWebExchange exchange);
}

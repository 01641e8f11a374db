package io.latchkey.audit.console.web;

import io.latchkey.audit.problem.ProblemHandler;
import io.latchkey.audit.problem.RequestId;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ServerWebExchange;

/** Says as a page what went wrong with one: whoever opens it in a browser reads no JSON. */
@RestControllerAdvice(assignableTypes = {LiveController.class, TrailPagesController.class})
class ConsoleProblems {
    private final ConsolePages pages;

    ConsoleProblems(ConsolePages pages) {
        this.pages = pages;
    }

    @ExceptionHandler
    ResponseEntity<String> failed(Exception failure, ServerWebExchange exchange) {
        var code = ProblemHandler.report(exchange, failure);
        return pages.render(
                code.status(),
                "problem",
                Map.of("title", code.title(), "requestId", RequestId.of(exchange)));
    }
}

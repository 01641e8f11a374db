package io.latchkey.auth.pages;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.problem.ProblemPage;
import io.latchkey.auth.problem.RequestId;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Problems in the layout of all other pages. What to do about them is said by their code. */
@Component
class ProblemPages implements ProblemPage {
    private final Pages pages;

    ProblemPages(Pages pages) {
        this.pages = pages;
    }

    @Override
    public String html(Problem problem, ServerWebExchange exchange) {
        var page =
                Page.of("problem")
                        .with("code", kind(problem.code()))
                        .with("requestId", RequestId.of(exchange));
        return pages.html(page, Languages.of(exchange));
    }

    /** Names the words that the message files have for it. */
    static String kind(ProblemCode code) {
        return switch (code) {
            case FORBIDDEN, NOT_FOUND, LINK_EXPIRED, LINK_USED, LINK_REVOKED -> code.code();
            case RATE_LIMITED -> "limited";
            case OVERLOADED, UNAVAILABLE -> "busy";
            case INTERNAL_ERROR -> "broken";
            default -> "invalid";
        };
    }
}

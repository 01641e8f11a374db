package io.latchkey.auth.platform;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Refuses a form that another site posts. A page under {@code no-referrer} posts {@code Origin:
 * null}, so that alone says nothing.
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">Fetch Metadata</a>
 */
public final class SameOrigin {
    private static final Set<String> OTHERS = Set.of("cross-site", "same-site");

    private SameOrigin() {}

    /**
     * @throws Problem {@code forbidden} if the browser says that another site is posting
     */
    public static void require(ServerWebExchange exchange, String ownOrigin) {
        var headers = exchange.getRequest().getHeaders();
        var site = headers.getFirst("Sec-Fetch-Site");
        var origin = headers.getFirst(HttpHeaders.ORIGIN);
        if ((site != null && OTHERS.contains(site))
                || (origin != null && !origin.equals("null") && !origin.equals(ownOrigin))) {
            throw Problem.of(ProblemCode.FORBIDDEN, "Another site may not press this button.");
        }
    }
}

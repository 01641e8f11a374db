package io.latchkey.audit.reading.web;

import io.latchkey.audit.platform.AuditReader;
import io.latchkey.audit.platform.Caller;
import io.latchkey.audit.reading.RecordReading;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** After the check of the credential: sees who may read, and of what. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class ReadingFilter implements WebFilter {
    private static final PathPatternParser PATHS = PathPatternParser.defaultInstance;
    private static final PathPattern STREAM = PATHS.parse("/api/v1/audit/stream");
    private static final List<PathPattern> READ =
            List.of(
                    PATHS.parse("/api/v1/audit/**"),
                    PATHS.parse("/tlog/tile/entries/**"),
                    PATHS.parse("/"),
                    PATHS.parse("/console/**"));

    private final RecordReading recordReading;

    ReadingFilter(RecordReading recordReading) {
        this.recordReading = recordReading;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var path = exchange.getRequest().getPath().pathWithinApplication();
        // A stream tells by itself when it begins.
        if (STREAM.matches(path) || READ.stream().noneMatch(each -> each.matches(path))) {
            return chain.filter(exchange);
        }
        return ReactiveSecurityContextHolder.getContext()
                .doOnNext(security -> record(security, exchange))
                .then(chain.filter(exchange));
    }

    private void record(SecurityContext security, ServerWebExchange exchange) {
        var authentication = security.getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof AuditReader reader) {
            recordReading.read(reader, Caller.of(exchange));
        }
    }
}

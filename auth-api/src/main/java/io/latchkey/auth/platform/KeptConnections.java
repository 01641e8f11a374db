package io.latchkey.auth.platform;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Serves every request on another thread than the one that reads its connection. Reactor Netty up
 * to 1.3.7 never reads from a connection again if it has queued a request, since the one before was
 * just ending, and that request is answered while it is taken out of the queue: the next one would
 * wait for ever. Answers from elsewhere come after that. To be removed with Reactor Netty 1.3.8.
 *
 * @see <a href="https://github.com/reactor/reactor-netty/issues/4361">Reactor Netty, issue 4361</a>
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5) // before anything that might answer
class KeptConnections implements WebFilter {
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.defer(() -> chain.filter(exchange)).subscribeOn(Schedulers.parallel());
    }
}

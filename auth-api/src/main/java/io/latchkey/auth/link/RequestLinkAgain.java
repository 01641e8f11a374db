package io.latchkey.auth.link;

import io.latchkey.auth.app.AppRegistry;
import java.util.Optional;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Asks for a fresh link with all that an earlier one was bound to, for the browser that asks now.
 * Limits count as for any request.
 */
@Service
public class RequestLinkAgain {
    private static final byte[] NO_BODY = {};
    private final LinkRequestStore requests;
    private final RequestLink requestLink;
    private final AppRegistry apps;

    RequestLinkAgain(LinkRequestStore requests, RequestLink requestLink, AppRegistry apps) {
        this.requests = requests;
        this.requestLink = requestLink;
        this.apps = apps;
    }

    /** Empty where the link or its app is gone. */
    public Mono<RequestResult> request(Link earlier, Visitor visitor) {
        return apps.find(earlier.appId())
                .zipWith(requests.find(earlier.id()))
                .flatMap(
                        both ->
                                requestLink.request(
                                        both.getT1(),
                                        both.getT2().askedBy(visitor),
                                        Optional.empty(),
                                        NO_BODY,
                                        visitor.requestId()));
    }
}

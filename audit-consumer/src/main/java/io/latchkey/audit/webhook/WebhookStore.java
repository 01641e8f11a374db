package io.latchkey.audit.webhook;

import reactor.core.publisher.Mono;

/** How far each webhook has been told. */
public interface WebhookStore {
    /**
     * The event from which on it is to be told; the end of the trail for one that is new, which is
     * kept.
     */
    Mono<Long> next(String name);

    /** It has been told of all before this. */
    Mono<Void> told(String name, long next);
}

package io.latchkey.auth.app;

import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.events.AppId;
import java.util.List;
import reactor.core.publisher.Mono;

/** Where apps are kept. */
public interface AppStore {
    Mono<App> find(AppId id);

    /** The app {@code account} of a tenant; empty until it was made. */
    Mono<App> findBuiltIn(String tenant);

    /**
     * Keeps a new app, with its event; empty where one of this id, or another built-in one of its
     * tenant, is there already.
     */
    Mono<List<OutboxRow>> createIfAbsent(App app, String actor);
}

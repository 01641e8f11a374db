package io.latchkey.auth.app;

import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.events.AppId;
import java.util.List;
import reactor.core.publisher.Mono;

/** Where apps are kept. */
public interface AppStore {
    Mono<App> find(AppId id);

    /** Keeps a new app, with its event; empty where one of this id is there already. */
    Mono<List<OutboxRow>> createIfAbsent(App app, String actor);
}

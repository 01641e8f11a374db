package io.latchkey.auth.app;

import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.platform.PageRequest;
import io.latchkey.events.AppChanged;
import io.latchkey.events.AppId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where apps are kept. Every change is one statement, with its event in it. */
public interface AppStore {
    Mono<App> find(AppId id);

    /** Whether some app's pages may call us from there. */
    Mono<Boolean> isAllowedOrigin(String origin);

    /** The app {@code account} of a tenant; empty until it was made. */
    Mono<App> findBuiltIn(String tenant);

    /**
     * Keeps a new app, with its event; empty where one of this id, or another built-in one of its
     * tenant, is there already.
     */
    Mono<List<OutboxRow>> createIfAbsent(App app, AppChanged event);

    /** An app as an administrator reads it; a tenant's built-in one is none. */
    Mono<StoredApp> look(AppId id);

    /** Likewise all of them, newest first, of one tenant or of any. */
    Mono<List<StoredApp>> list(@Nullable String tenant, PageRequest page);

    /** Sets it so, if it is still at this version; empty where it is not. */
    Mono<Changed<StoredApp>> change(AppId id, int version, AppSettings settings, AppChanged event);

    /** Adds a secret; the newest two are valid. Empty where the app is gone. */
    Mono<List<OutboxRow>> addSecret(AppId id, String hash, AppChanged event);

    /** Forgets the app; empty where there is none. */
    Mono<List<OutboxRow>> delete(AppId id, AppChanged event);

    /**
     * Ends links and sessions of an app that is gone: at most so many of each at once. Empty where
     * none was left.
     */
    Mono<List<OutboxRow>> endOrphans(AppId id, int atMost, @Nullable String requestId);

    /** Apps that were deleted in the last month. */
    Flux<AppId> deleted();

    /** Forgets those that were deleted before. */
    Mono<Long> forgetDeleted();
}

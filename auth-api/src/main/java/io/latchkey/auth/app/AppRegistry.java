package io.latchkey.auth.app;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.events.AppId;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Apps by their id, as they were at most five seconds ago. */
@Service
public class AppRegistry {
    private static final Duration STALENESS = Duration.ofSeconds(5);
    private static final int MOST = 10_000;
    private final AsyncLoadingCache<AppId, Optional<App>> apps;

    AppRegistry(AppStore store) {
        this.apps =
                Caffeine.newBuilder()
                        .expireAfterWrite(STALENESS)
                        .maximumSize(MOST)
                        .buildAsync(
                                (id, _) ->
                                        store.find(id)
                                                .map(Optional::of)
                                                .defaultIfEmpty(Optional.empty())
                                                .toFuture());
    }

    /** Empty where there is none. */
    public Mono<App> find(AppId id) {
        return Mono.fromFuture(() -> apps.get(id), true).flatMap(Mono::justOrEmpty);
    }

    /** After a change by this node, which sees it at once; the others within those seconds. */
    void forget(AppId id) {
        apps.synchronous().invalidate(id);
    }

    /** Empty where there is none, or the text is no id of an app. */
    public Mono<App> find(String clientId) {
        try {
            return find(AppId.parse(clientId));
        } catch (IllegalArgumentException e) {
            return Mono.empty();
        }
    }
}

package io.latchkey.auth.app;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** From where pages of any app may call us, as it was at most five seconds ago. */
@Service
public class AllowedOrigins {
    private static final Duration STALENESS = Duration.ofSeconds(5);
    private static final int MOST = 10_000;
    private static final int LONGEST = 300;
    private final AsyncLoadingCache<String, Boolean> origins;

    AllowedOrigins(AppStore store) {
        this.origins =
                Caffeine.newBuilder()
                        .expireAfterWrite(STALENESS)
                        .maximumSize(MOST)
                        .buildAsync((origin, _) -> store.isAllowedOrigin(origin).toFuture());
    }

    public Mono<Boolean> contains(String origin) {
        return origin.length() <= LONGEST && App.isOrigin(origin)
                ? Mono.fromFuture(() -> origins.get(origin), true)
                : Mono.just(false);
    }
}

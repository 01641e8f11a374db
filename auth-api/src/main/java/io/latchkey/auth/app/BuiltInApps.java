package io.latchkey.auth.app;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.latchkey.auth.limit.Limits;
import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.platform.LatchkeyProperties;
import io.latchkey.events.AppId;
import io.latchkey.events.MailBranding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * The app {@code account} of each tenant, as it was at most five seconds ago: whatever is signed in
 * to on our own pages without another app belongs to it, and its sessions are those of our pages.
 * It has no secret, so nothing of it can be redeemed at the token endpoint.
 */
@Service
public class BuiltInApps {
    public static final String NAME = "Account";
    private static final Duration STALENESS = Duration.ofSeconds(5);
    private static final int MOST = 10_000;
    private static final Duration LINK_TTL = Duration.ofMinutes(10);
    private static final Duration SESSION_TTL = Duration.ofDays(30);
    private final AppStore store;
    private final OutboxRelay relay;
    private final String home;
    private final AsyncLoadingCache<String, App> apps;

    BuiltInApps(AppStore store, OutboxRelay relay, LatchkeyProperties properties) {
        this.store = store;
        this.relay = relay;
        this.home = properties.publicUrl() + "/account";
        this.apps =
                Caffeine.newBuilder()
                        .expireAfterWrite(STALENESS)
                        .maximumSize(MOST)
                        .buildAsync((tenant, _) -> findOrCreate(tenant).toFuture());
    }

    /**
     * Made at the first call; of nodes that make it at once, one node's stays.
     *
     * @param tenant of an app that exists
     */
    public Mono<App> of(String tenant) {
        return Mono.fromFuture(() -> apps.get(tenant), true);
    }

    private Mono<App> findOrCreate(String tenant) {
        return store.findBuiltIn(tenant)
                .switchIfEmpty(
                        Mono.defer(() -> make(account(tenant)))
                                .doOnNext(relay::publish)
                                .then(Mono.defer(() -> store.findBuiltIn(tenant))));
    }

    private Mono<List<OutboxRow>> make(App account) {
        return store.createIfAbsent(
                account, AppActs.act(account, AppActs.CREATE, "built_in", null));
    }

    private App account(String tenant) {
        return new App(
                AppId.next(),
                tenant,
                NAME,
                App.Type.CONFIDENTIAL,
                List.of(),
                List.of(home),
                Set.of(),
                MailBranding.NONE,
                LINK_TTL,
                SESSION_TTL,
                true,
                App.SameBrowser.CONFIRM,
                List.of(),
                Set.of(),
                Limits.DEFAULT,
                Map.of(),
                true);
    }
}

package io.latchkey.auth.app;

import io.latchkey.auth.outbox.OutboxRelay;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

/** Creates the apps of the configuration before this node turns ready. */
@Component
class ConfiguredApps implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredApps.class);
    private static final String ACTOR = "configuration";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(200);
    private final AppProperties properties;
    private final ClientSecrets secrets;
    private final AppStore store;
    private final OutboxRelay relay;

    ConfiguredApps(
            AppProperties properties, ClientSecrets secrets, AppStore store, OutboxRelay relay) {
        this.properties = properties;
        this.secrets = secrets;
        this.store = store;
        this.relay = relay;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        Flux.fromIterable(properties.configured())
                .map(configured -> configured.app(secrets))
                .concatMap(
                        app ->
                                store.createIfAbsent(
                                                app, AppActs.act(app, AppActs.CREATE, ACTOR, null))
                                        .doOnNext(
                                                events -> {
                                                    relay.publish(events);
                                                    LOG.atInfo()
                                                            .addKeyValue("app_id", app.id())
                                                            .log("App created");
                                                }))
                // The start waits: a node without its apps would answer invalid_client.
                // A cold process beside others may miss the time that a caller would wait.
                .retryWhen(
                        Retry.fixedDelay(10, RETRY_PAUSE)
                                .filter(TimeoutException.class::isInstance))
                .blockLast(PATIENCE);
    }
}

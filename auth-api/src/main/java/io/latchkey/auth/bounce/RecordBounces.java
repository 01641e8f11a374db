package io.latchkey.auth.bounce;

import io.latchkey.auth.bounce.BounceProvider.Reading;
import io.latchkey.auth.link.LinkStore;
import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.events.MailBounced;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Records the bounces that a provider tells of. Each is a statement of its own: where the database
 * goes away in between, the provider calls again, and what was recorded changes nothing more.
 */
@Service
public class RecordBounces {
    private final List<BounceProvider> providers;
    private final LinkStore links;
    private final OutboxRelay relay;

    RecordBounces(List<BounceProvider> providers, LinkStore links, OutboxRelay relay) {
        this.providers = providers.stream().filter(BounceProvider::isConfigured).toList();
        this.links = links;
        this.relay = relay;
    }

    /** What became of a call. */
    public enum Result {
        RECORDED,
        FORGED,
        ILLEGIBLE
    }

    /** Whether the operator has one of this name. */
    public boolean knows(String provider) {
        return find(provider).isPresent();
    }

    /**
     * Empty where there is no such provider.
     *
     * @param header gives the value of a header, empty where there is none
     */
    public Mono<Result> record(String provider, Function<String, String> header, byte[] body) {
        return Mono.justOrEmpty(find(provider))
                .map(known -> known.read(header, body))
                .flatMap(
                        reading ->
                                switch (reading) {
                                    case Reading.Genuine(var bounces) ->
                                            record(bounces).thenReturn(Result.RECORDED);
                                    case Reading.Forged _ -> Mono.just(Result.FORGED);
                                    case Reading.Illegible _ -> Mono.just(Result.ILLEGIBLE);
                                });
    }

    private Mono<Void> record(List<MailBounced> bounces) {
        return Flux.fromIterable(bounces)
                .concatMap(
                        bounce ->
                                Mono.justOrEmpty(bounce.context().linkId())
                                        .flatMap(link -> links.bounce(link, bounce)))
                .doOnNext(relay::publish)
                .then();
    }

    private Optional<BounceProvider> find(String name) {
        return providers.stream().filter(provider -> provider.name().equals(name)).findFirst();
    }
}

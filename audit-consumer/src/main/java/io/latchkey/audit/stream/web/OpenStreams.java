package io.latchkey.audit.stream.web;

import io.latchkey.audit.platform.Places;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Bounds how many streams there are, and ends them all when the process is to stop. */
@Component
class OpenStreams {
    private static final int MOST = 200;

    private final Places places = new Places(MOST);
    private final Sinks.Empty<Void> closing = Sinks.empty();

    /** The same stream; an error where there are too many already. */
    <T> Flux<T> limited(Flux<T> stream) {
        return places.within(stream.takeUntilOther(closing.asMono()));
    }

    @EventListener(ContextClosedEvent.class)
    void close() {
        closing.tryEmitEmpty();
    }
}

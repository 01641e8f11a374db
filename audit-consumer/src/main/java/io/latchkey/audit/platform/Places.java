package io.latchkey.audit.platform;

import io.latchkey.audit.problem.Problem;
import java.util.concurrent.Semaphore;
import reactor.core.publisher.Flux;

/** Bounds how many answers of a long kind there are at a time. */
public final class Places {
    private final Semaphore places;

    public Places(int most) {
        this.places = new Semaphore(most);
    }

    /** The same, with a place for as long as it lasts; a 503 where none is free. */
    public <T> Flux<T> within(Flux<T> answer) {
        return Flux.using(this::take, _ -> answer, Semaphore::release);
    }

    private Semaphore take() {
        if (!places.tryAcquire()) {
            throw Problem.unavailable(new IllegalStateException("too many at a time"));
        }
        return places;
    }
}

package io.latchkey.mail.delivery;

import io.latchkey.events.FailureClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/**
 * When a failed hand-over is tried again: after 1 s, 5 s, 30 s, 2 min and then every 2 min, each
 * with up to a fifth of jitter, so that what failed together does not return together. Near the end
 * of the delivery time the waits shrink to what still fits, but not below 5 s again. Where the
 * relay may have the mail, it is 2 min at once: each further try may be one more copy.
 */
@Component
public final class RetrySchedule {
    private static final double JITTER = 0.2;
    private static final List<RetryStep> STEPS = List.of(RetryStep.values());
    private final RandomGenerator random;

    RetrySchedule() {
        this(RandomGenerator.getDefault());
    }

    RetrySchedule(RandomGenerator random) {
        this.random = random;
    }

    record Retry(RetryStep step, Instant dueAt) {}

    /**
     * Empty where no attempt fits before the end of the delivery time.
     *
     * @param attempts made so far, at least 1
     * @param failure of the last of them
     */
    Optional<Retry> next(int attempts, FailureClass failure, Instant now, Instant deliverBy) {
        var last = STEPS.size() - 1;
        var wished = failure == FailureClass.AMBIGUOUS ? last : Math.min(attempts - 1, last);
        var least = Math.min(wished, STEPS.indexOf(RetryStep.AFTER_5_S));
        return STEPS.subList(least, wished + 1).stream()
                .map(step -> new Retry(step, now.plus(jittered(step.delay()))))
                .filter(retry -> retry.dueAt().isBefore(deliverBy))
                .reduce((shorter, longer) -> longer);
    }

    private Duration jittered(Duration delay) {
        return delay.plusMillis((long) (delay.toMillis() * JITTER * random.nextDouble()));
    }
}

package io.latchkey.auth.user;

import io.latchkey.auth.platform.Batches;
import io.latchkey.events.Subject;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Erases addresses from links that lead nowhere any more, and devices from the sessions of erased
 * users. What is to be erased is written down by the statement that makes it so; whatever ends this
 * early, the next round goes on.
 */
@Service
class EraseTraces {
    private static final Logger LOG = LoggerFactory.getLogger(EraseTraces.class);
    private static final int ROWS_AT_ONCE = 1000;
    private static final int LONGEST_RUN = 1000;
    private static final int SHORT_RUN = 5;
    private final UserStore users;

    EraseTraces(UserStore users) {
        this.users = users;
    }

    /** Those of one address; ends early where there are very many. */
    Mono<Void> eraseSoon(Subject subject) {
        return erase(SHORT_RUN, subject);
    }

    @Scheduled(initialDelay = 1, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    Mono<Void> eraseAll() {
        return erase(LONGEST_RUN, null);
    }

    private Mono<Void> erase(int longestRun, @Nullable Subject subject) {
        return Batches.orNextRound(
                Batches.whileMore(() -> users.erase(ROWS_AT_ONCE, subject), longestRun),
                LOG,
                "Addresses could not be erased");
    }
}

package io.latchkey.mail.deadletter;

import io.latchkey.events.EventId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Has orders tried again that were given up, as long as their delivery time lasts. */
@Service
public class ReplayDeadLetters {
    private static final int AT_ONCE = 100;
    private final DeadLetterStore store;
    private final InstantSource clock;

    ReplayDeadLetters(DeadLetterStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public ReplayResult replay(EventId id, String requestId) {
        return store.replay(List.of(id), requestId).getFirst();
    }

    /** All that still may; how many that were. What fails again meanwhile is not tried twice. */
    public int replayAll(String requestId) {
        var requeued = 0;
        var after = Optional.<EventId>empty();
        while (true) {
            var page = store.list(after, AT_ONCE);
            if (page.isEmpty()) {
                return requeued;
            }
            after = Optional.of(page.getLast().id());
            requeued += replay(page, requestId);
        }
    }

    private int replay(List<DeadLetter> page, String requestId) {
        var now = clock.instant();
        var inTime = new ArrayList<EventId>();
        for (var letter : page) {
            if (now.isBefore(letter.deliverBy())) {
                inTime.add(letter.id());
            }
        }
        return inTime.isEmpty()
                ? 0
                : (int)
                        store.replay(inTime, requestId).stream()
                                .filter(ReplayResult.REQUEUED::equals)
                                .count();
    }
}

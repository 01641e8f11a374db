package io.latchkey.audit.detection;

import java.util.List;
import reactor.core.publisher.Mono;

/** Counts in the trail. */
@FunctionalInterface
public interface DetectionStore {
    /**
     * What the rule alerts about now; the 100 largest at most. Fails where the database does not
     * answer in time.
     */
    Mono<List<Finding>> find(Rule rule);
}

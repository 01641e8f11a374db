package io.latchkey.auth.token;

import io.latchkey.auth.outbox.Changed;
import io.latchkey.events.AdminActed;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Where signing keys are kept, encrypted under the key ring. */
public interface SigningKeyStore {
    /**
     * All that the ring can decrypt, newest first. Those under an older entry of the ring than its
     * first are encrypted anew, so that the older one may be removed.
     */
    Mono<List<PublishedKey>> all(Duration publishBefore);

    /** Keeps the first key of an installation; of nodes that start at once, one node's. */
    Mono<Void> addFirst(SigningKey key);

    /**
     * Keeps the successor of the newest key; of those who replace it at once, one's. Empty for the
     * others.
     *
     * @param olderThan replaces it at this age only
     * @param event published with it, where somebody asked for it
     */
    Mono<Changed<SigningKey>> replaceNewest(
            SigningKey key, Duration olderThan, @Nullable AdminActed event);

    /** Forgets keys that were replaced so long ago; how many. */
    Mono<Long> forget(Duration replacedBefore);
}

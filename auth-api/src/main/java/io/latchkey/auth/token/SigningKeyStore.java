package io.latchkey.auth.token;

import java.util.List;
import reactor.core.publisher.Mono;

/** Where signing keys are kept, encrypted under the key ring. */
public interface SigningKeyStore {
    /** All that the ring can decrypt, newest first. */
    Mono<List<SigningKey>> all();

    /** Keeps the first key of an installation; of nodes that start at once, one node's. */
    Mono<Void> addFirst(SigningKey key);

    /** Keeps a further key. */
    Mono<Void> add(SigningKey key);
}

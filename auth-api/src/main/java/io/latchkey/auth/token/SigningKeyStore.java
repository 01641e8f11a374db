package io.latchkey.auth.token;

import java.util.List;
import reactor.core.publisher.Mono;

/** Where signing keys are kept, encrypted under the key ring. */
public interface SigningKeyStore {
    /** All that the ring can decrypt, newest first. */
    Mono<List<SigningKey>> all();

    /** Keeps a new key. Two nodes that start at once may add two: both are published. */
    Mono<Void> add(SigningKey key);
}

package io.latchkey.auth.account;

import io.latchkey.events.UserId;
import reactor.core.publisher.Mono;

/** Where accounts are read from. */
public interface AccountStore {
    /** Empty where there is none. */
    Mono<Account> find(UserId user);
}

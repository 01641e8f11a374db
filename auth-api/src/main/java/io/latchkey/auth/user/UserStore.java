package io.latchkey.auth.user;

import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.platform.PageRequest;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.Subject;
import io.latchkey.events.UserId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Where users are kept. Every change is one statement with its events in it. */
public interface UserStore {
    Mono<User> find(UserId id);

    Mono<User> find(String tenant, EmailAddress email);

    /** Those of a tenant, newest first, one more than the page holds. */
    Mono<List<User>> list(String tenant, PageRequest page);

    /**
     * Errors with {@link org.springframework.dao.DuplicateKeyException} where address, username or
     * phone number is another's.
     */
    Mono<Changed<User>> create(UserId id, String tenant, NewUser user, UserAct act);

    /**
     * Changes a user as he was read. A change of address or status ends the links of these
     * addresses, and being blocked the sessions. Errors with {@link
     * org.springframework.dao.DuplicateKeyException} where something is another's, and with {@link
     * TooManyAttributesException}; empty where the address is not as it was read.
     *
     * @param subjectBefore of the address before
     * @param subjects that, and the one of the address afterwards
     */
    Mono<Changed<User>> change(
            User before,
            UserChange change,
            Subject subjectBefore,
            Set<Subject> subjects,
            UserAct act);

    /**
     * Erases a user as he was read, and ends his sessions and links; {@link #erase} takes his
     * address from those. Empty where address or status are not as they were read.
     */
    Mono<List<OutboxRow>> delete(User user, Subject subject, UserAct act);

    /**
     * Erases a batch of the traces of erased users and former addresses: of one address, or of any;
     * false where nothing is left to be done.
     */
    Mono<Boolean> erase(int atMost, @Nullable Subject subject);

    /** Users whom a request has made and nobody has confirmed for a week. */
    Mono<List<User>> forsaken(int atMost);
}

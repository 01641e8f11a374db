package io.latchkey.auth.session;

import io.latchkey.auth.platform.PageRequest;
import io.latchkey.events.SessionId;
import io.latchkey.events.UserId;
import java.util.List;
import reactor.core.publisher.Mono;

/** Sessions to be read, for 30 days after their end. */
public interface SessionList {
    Mono<ListedSession> find(SessionId id);

    /** Newest first, one more than the page holds. */
    Mono<List<ListedSession>> of(UserId user, PageRequest page);

    /** Empty where there is no such user. */
    Mono<String> tenantOf(UserId user);
}

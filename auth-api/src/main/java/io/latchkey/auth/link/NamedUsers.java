package io.latchkey.auth.link;

import io.latchkey.auth.app.App;
import io.latchkey.auth.limit.Budget;
import io.latchkey.auth.limit.Counted;
import io.latchkey.events.EmailAddress;
import java.util.List;
import reactor.core.publisher.Mono;

/** Finds the addresses of users who are named otherwise. */
public interface NamedUsers {
    /** What was found. */
    sealed interface Found {
        /** The one user's address. */
        record Address(EmailAddress email) implements Found {}

        /** There is no such user in the app's tenant, or there are several. */
        record Nobody() implements Found {}

        /** Nobody was looked for: a limit is reached. */
        record Limited(Budget budget) implements Found {}
    }

    /**
     * Looks at the limits first, without counting, and at users only where they let through.
     *
     * @param counted the limits of the identifier
     */
    Mono<Found> find(App app, Identifier identifier, List<Counted> counted);
}

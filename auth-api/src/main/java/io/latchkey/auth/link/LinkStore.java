package io.latchkey.auth.link;

import io.latchkey.auth.app.App;
import io.latchkey.auth.limit.Budget;
import io.latchkey.auth.limit.Counted;
import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.events.AppId;
import io.latchkey.events.Event;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.LinkSuppressed;
import io.latchkey.events.MailBounced;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Where links are kept. Every change of state is one statement with its events in it: among any
 * number of racers one wins, and nobody reads before writing.
 */
public interface LinkStore {
    /**
     * A new link, and the event for either case: whether the address is known, only the statement
     * knows.
     *
     * @param order published where it is mailed
     * @param suppressed published where it is not
     * @param counted the limits that it must be within
     */
    record NewLink(
            LinkId id,
            App app,
            LinkRequest request,
            LinkRequested order,
            LinkSuppressed suppressed,
            Optional<IdempotencyKey> key,
            List<Counted> counted) {}

    /** What became of a new link. */
    sealed interface Acceptance {
        /**
         * It is kept.
         *
         * @param expiresAt the latest possible end
         */
        record Kept(Changed<Instant> expiresAt, Budget budget) implements Acceptance {}

        /** A limit is reached; nothing was changed. */
        record Limited(Budget budget) implements Acceptance {}
    }

    /**
     * What a key was first used for.
     *
     * @param digest of the first body
     */
    record FirstUse(LinkId linkId, String digest, Instant expiresAt) {}

    /** Empty where the idempotency key was used before: such a request is not counted again. */
    Mono<Acceptance> accept(NewLink link);

    /** Empty where the key is not known, or its 24 hours are over. */
    Mono<FirstUse> firstUse(AppId appId, String idempotencyKey);

    Mono<Link> find(LinkId id);

    /**
     * Consumes the link, if it is alive, for the one who comes first; ends its siblings; makes or
     * finds the user. Empty for all others.
     *
     * @param sameBrowser what is to be said about it in the event
     */
    Mono<Changed<LinkId>> confirm(LinkId id, Visitor visitor, @Nullable Boolean sameBrowser);

    /** Likewise by its six-digit code, unless too many were wrong. */
    Mono<Changed<LinkId>> confirmByCode(LinkId id, Visitor visitor, @Nullable Boolean sameBrowser);

    /**
     * Counts a wrong six-digit code against the link and its address; the fifth ends the link. The
     * tries that are left; empty where the link is at its end, or codes are blocked for its
     * address.
     */
    Mono<Changed<Integer>> rejectCode(LinkId id, Visitor visitor);

    /**
     * Ends the link or its authorization code on the app's word; empty where nothing was to end.
     */
    Mono<Changed<LinkId>> revoke(LinkId id, AppId appId, String requestId);

    /** Sets what the mail workers report. Never lengthens the life of a link, nor ends it. */
    Mono<Long> recordMail(Event report);

    /**
     * Sets that a mail came back, as whoever delivers our mails has told this node: with the event
     * of it, where that is news.
     */
    Mono<List<OutboxRow>> bounce(LinkId id, MailBounced bounce);

    /** Gives up links whose mail nobody has reported on, 60 s after their delivery time. */
    Mono<List<OutboxRow>> failLost(int atMost);
}

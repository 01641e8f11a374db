package io.latchkey.auth.user;

import io.latchkey.auth.app.AdminActs;
import io.latchkey.auth.app.Caller;
import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.auth.session.EndSession;
import io.latchkey.auth.session.Ending;
import io.latchkey.events.EndReason;
import io.latchkey.events.Subject;
import io.latchkey.events.UserId;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Erases a user: sessions and links end, and the address is in no row afterwards. The audit trail
 * holds its keyed hash and stays valid.
 */
@Service
public class DeleteUser {
    private final UserStore users;
    private final OutboxRelay relay;
    private final EndSession endSession;
    private final EraseTraces eraseTraces;
    private final UserEvents events;

    DeleteUser(
            UserStore users,
            OutboxRelay relay,
            EndSession endSession,
            EraseTraces eraseTraces,
            UserEvents events) {
        this.users = users;
        this.relay = relay;
        this.endSession = endSession;
        this.eraseTraces = eraseTraces;
        this.events = events;
    }

    /** Whether there was one, for this caller. */
    public Mono<Boolean> delete(Caller caller, UserId id, String requestId) {
        return Mono.defer(() -> users.find(id))
                .filter(user -> caller.mayUse(user.tenant()))
                .flatMap(
                        user ->
                                erase(
                                        user,
                                        events.act(
                                                caller,
                                                AdminActs.DELETE_USER,
                                                requestId,
                                                user.tenant(),
                                                user.email(),
                                                user.id())))
                .retryWhen(ChangedMeanwhile.again())
                .flatMap(subject -> endLateSessions(id, requestId).thenReturn(subject))
                .flatMap(subject -> eraseTraces.eraseSoon(subject).thenReturn(true))
                .defaultIfEmpty(false);
    }

    /** A user whom a request has made and nobody has confirmed; no harm where that has changed. */
    Mono<Void> forget(User user) {
        return users.delete(user, events.subject(user.email()), events.act(user))
                .doOnNext(relay::publish)
                .then();
    }

    private Mono<Subject> erase(User user, UserAct act) {
        var subject = events.subject(user.email());
        return users.delete(user, subject, act)
                .map(
                        erased -> {
                            relay.publish(erased);
                            return subject;
                        })
                .switchIfEmpty(Mono.error(ChangedMeanwhile::new));
    }

    /** See {@link ChangeUser}: codes that were being redeemed at that moment. */
    private Mono<Void> endLateSessions(UserId id, String requestId) {
        return endSession
                .end(new Ending(new Ending.AllOfUser(id), EndReason.USER_DELETED, requestId))
                .then();
    }
}

package io.latchkey.auth.user;

import io.latchkey.auth.app.AdminActs;
import io.latchkey.auth.app.Caller;
import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.auth.session.EndSession;
import io.latchkey.auth.session.Ending;
import io.latchkey.auth.user.UserResult.Kept;
import io.latchkey.auth.user.UserResult.Taken;
import io.latchkey.auth.user.UserResult.TooManyAttributes;
import io.latchkey.auth.user.UserResult.UnknownUser;
import io.latchkey.events.EndReason;
import io.latchkey.events.UserId;
import java.util.HashSet;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Changes a user on an app's word. Nobody vouches for a changed address: it is unverified until a
 * mail to it was answered, and links of the old and the new one end.
 */
@Service
public class ChangeUser {
    private final UserStore users;
    private final OutboxRelay relay;
    private final EndSession endSession;
    private final EraseTraces eraseTraces;
    private final UserEvents events;

    ChangeUser(
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

    public Mono<UserResult> change(Caller caller, UserId id, UserChange change, String requestId) {
        return Mono.defer(() -> users.find(id))
                .filter(user -> caller.mayUse(user.tenant()))
                .flatMap(
                        user ->
                                keep(caller, user, change, requestId)
                                        .switchIfEmpty(Mono.error(ChangedMeanwhile::new)))
                .retryWhen(ChangedMeanwhile.again())
                .defaultIfEmpty(new UnknownUser())
                .onErrorReturn(DuplicateKeyException.class, new Taken())
                .onErrorReturn(TooManyAttributesException.class, new TooManyAttributes());
    }

    private Mono<UserResult> keep(Caller caller, User before, UserChange change, String requestId) {
        var email = change.email() == null ? before.email() : change.email();
        var subjectBefore = events.subject(before.email());
        var subjects = new HashSet<>(List.of(subjectBefore, events.subject(email)));
        var act =
                events.act(
                        caller,
                        AdminActs.UPDATE_USER,
                        requestId,
                        before.tenant(),
                        email,
                        before.id());
        return users.change(before, change, subjectBefore, subjects, act)
                .flatMap(
                        changed -> {
                            relay.publish(changed.events());
                            return endLateSessions(changed.value(), requestId)
                                    .then(eraseFormer(before, changed.value()))
                                    .thenReturn(new Kept(changed.value()));
                        });
    }

    private Mono<Void> eraseFormer(User before, User after) {
        return before.email().equals(after.email())
                ? Mono.empty()
                : eraseTraces.eraseSoon(events.subject(before.email()));
    }

    /**
     * Codes that were being redeemed while the user was blocked: the statement waited for them, but
     * cannot see what they began.
     */
    private Mono<Void> endLateSessions(User user, String requestId) {
        return user.status() == UserStatus.BLOCKED
                ? endSession
                        .end(
                                new Ending(
                                        new Ending.AllOfUser(user.id()),
                                        EndReason.USER_BLOCKED,
                                        requestId))
                        .then()
                : Mono.empty();
    }
}

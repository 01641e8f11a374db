package io.latchkey.auth.user;

import io.latchkey.auth.app.AdminActs;
import io.latchkey.auth.app.Caller;
import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.auth.user.UserResult.Kept;
import io.latchkey.auth.user.UserResult.Taken;
import io.latchkey.events.UserId;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Makes a user on an app's word. */
@Service
public class CreateUser {
    private final UserStore users;
    private final OutboxRelay relay;
    private final UserEvents events;

    CreateUser(UserStore users, OutboxRelay relay, UserEvents events) {
        this.users = users;
        this.relay = relay;
        this.events = events;
    }

    /**
     * @param tenant one that the caller may use
     */
    public Mono<UserResult> create(Caller caller, String tenant, NewUser user, String requestId) {
        var id = UserId.next();
        var act = events.act(caller, AdminActs.CREATE_USER, requestId, tenant, user.email(), id);
        return users.create(id, tenant, user, act)
                .<UserResult>map(
                        created -> {
                            relay.publish(created.events());
                            return new Kept(created.value());
                        })
                .onErrorReturn(DuplicateKeyException.class, new Taken());
    }
}

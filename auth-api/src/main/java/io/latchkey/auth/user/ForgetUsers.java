package io.latchkey.auth.user;

import io.latchkey.auth.platform.Batches;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Forgets users whom a request has made and nobody has confirmed within a week. Those whom an app
 * has made on purpose stay. Nodes may do so at once: each user is erased once.
 */
@Component
class ForgetUsers {
    private static final Logger LOG = LoggerFactory.getLogger(ForgetUsers.class);
    private static final int AT_ONCE = 100;
    private final UserStore users;
    private final DeleteUser deleteUser;

    ForgetUsers(UserStore users, DeleteUser deleteUser) {
        this.users = users;
        this.deleteUser = deleteUser;
    }

    @Scheduled(initialDelay = 3, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    Mono<Void> forget() {
        return Batches.orNextRound(
                Batches.whileFull(this::batch, AT_ONCE),
                LOG,
                "Unconfirmed users could not be forgotten");
    }

    private Mono<Long> batch() {
        return users.forsaken(AT_ONCE)
                .flatMap(
                        found ->
                                Flux.fromIterable(found)
                                        .concatMap(deleteUser::forget)
                                        .then(Mono.just((long) found.size())));
    }
}

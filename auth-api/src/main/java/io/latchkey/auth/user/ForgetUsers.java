package io.latchkey.auth.user;

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
    private static final int LONGEST_RUN = 100;
    private final UserStore users;
    private final DeleteUser deleteUser;

    ForgetUsers(UserStore users, DeleteUser deleteUser) {
        this.users = users;
        this.deleteUser = deleteUser;
    }

    @Scheduled(initialDelay = 3, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    Mono<Void> forget() {
        // Spring calls this once and subscribes every time.
        return Mono.defer(this::round)
                .repeat(LONGEST_RUN)
                .takeWhile(found -> found == AT_ONCE)
                .then()
                .onErrorResume(
                        error -> {
                            LOG.atWarn()
                                    .addKeyValue("cause", error.getClass().getSimpleName())
                                    .log("Unconfirmed users could not be forgotten");
                            return Mono.empty();
                        });
    }

    private Mono<Integer> round() {
        return users.forsaken(AT_ONCE)
                .flatMap(
                        found ->
                                Flux.fromIterable(found)
                                        .concatMap(deleteUser::forget)
                                        .then(Mono.just(found.size())));
    }
}

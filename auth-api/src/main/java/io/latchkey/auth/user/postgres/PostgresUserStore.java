package io.latchkey.auth.user.postgres;

import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.platform.Database;
import io.latchkey.auth.platform.PageRequest;
import io.latchkey.auth.user.NewUser;
import io.latchkey.auth.user.User;
import io.latchkey.auth.user.UserAct;
import io.latchkey.auth.user.UserChange;
import io.latchkey.auth.user.UserStore;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.Subject;
import io.latchkey.events.UserId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class PostgresUserStore implements UserStore {
    private static final String SELECT =
            """
            SELECT %s FROM auth."user" u WHERE\s"""
                    .formatted(UserRow.COLUMNS);

    private static final String FIND = SELECT + "u.id = :id";
    private static final String FIND_BY_EMAIL = SELECT + "u.tenant = :tenant AND u.email = :email";
    private static final String LIST =
            SELECT + "u.tenant = :tenant AND u.id < :below ORDER BY u.id DESC LIMIT :limit";
    private static final String FORSAKEN =
            SELECT
                    + """
                    u.provisional AND u.status = 'pending' AND u.created_at < now() - interval '7 days'
                     ORDER BY u.created_at LIMIT :limit
                    """;

    private final Database database;
    private final CreateUserStatement create;
    private final ChangeUserStatement change;
    private final DeleteUserStatement delete;
    private final EraseStatement erase;

    PostgresUserStore(
            Database database,
            CreateUserStatement create,
            ChangeUserStatement change,
            DeleteUserStatement delete,
            EraseStatement erase) {
        this.database = database;
        this.create = create;
        this.change = change;
        this.delete = delete;
        this.erase = erase;
    }

    @Override
    public Mono<User> find(UserId id) {
        return database.one(FIND, Map.of("id", id.value()), UserRow::read);
    }

    @Override
    public Mono<User> find(String tenant, EmailAddress email) {
        return database.one(
                FIND_BY_EMAIL, Map.of("tenant", tenant, "email", email.value()), UserRow::read);
    }

    @Override
    public Mono<List<User>> list(String tenant, PageRequest page) {
        return database.all(
                        LIST,
                        Map.of("tenant", tenant, "below", page.belowId(), "limit", page.look()),
                        UserRow::read)
                .collectList();
    }

    @Override
    public Mono<Changed<User>> create(UserId id, String tenant, NewUser user, UserAct act) {
        return create.run(id, tenant, user, act);
    }

    @Override
    public Mono<Changed<User>> change(
            User before,
            UserChange wish,
            Subject subjectBefore,
            Set<Subject> subjects,
            UserAct act) {
        return change.run(before, wish, subjectBefore, subjects, act);
    }

    @Override
    public Mono<List<OutboxRow>> delete(User user, Subject subject, UserAct act) {
        return delete.run(user, subject, act);
    }

    @Override
    public Mono<Boolean> erase(int atMost, @Nullable Subject subject) {
        return erase.run(atMost, subject);
    }

    @Override
    public Mono<List<User>> forsaken(int atMost) {
        return database.all(FORSAKEN, Map.of("limit", atMost), UserRow::read).collectList();
    }
}

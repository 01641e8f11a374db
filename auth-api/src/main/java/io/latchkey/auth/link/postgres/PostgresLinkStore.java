package io.latchkey.auth.link.postgres;

import static io.latchkey.auth.platform.Database.get;
import static io.latchkey.auth.platform.Database.instant;

import io.latchkey.auth.link.Link;
import io.latchkey.auth.link.LinkStore;
import io.latchkey.auth.link.Visitor;
import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.platform.Database;
import io.latchkey.events.AppId;
import io.latchkey.events.Event;
import io.latchkey.events.LinkId;
import io.latchkey.events.MailBounced;
import io.latchkey.events.Means;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class PostgresLinkStore implements LinkStore {
    private static final String FIRST_USE =
            """
            SELECT link_id, digest, expires_at
              FROM auth.idempotency_key
             WHERE app_id = :app_id AND key = :key
               AND created_at > now() - interval '24 hours'
            """;

    private final Database database;
    private final AcceptStatement accept;
    private final ConfirmStatement confirm;
    private final RejectCodeStatement rejectCode;
    private final RevokeStatement revoke;
    private final MailReportStatements reports;

    PostgresLinkStore(
            Database database,
            AcceptStatement accept,
            ConfirmStatement confirm,
            RejectCodeStatement rejectCode,
            RevokeStatement revoke,
            MailReportStatements reports) {
        this.database = database;
        this.accept = accept;
        this.confirm = confirm;
        this.rejectCode = rejectCode;
        this.revoke = revoke;
        this.reports = reports;
    }

    @Override
    public Mono<Acceptance> accept(NewLink link) {
        return accept.run(link);
    }

    @Override
    public Mono<FirstUse> firstUse(AppId appId, String idempotencyKey) {
        return database.one(
                FIRST_USE,
                Map.of("app_id", appId.value(), "key", idempotencyKey),
                row ->
                        new FirstUse(
                                new LinkId(get(row, "link_id", UUID.class)),
                                get(row, "digest", String.class),
                                instant(row, "expires_at")));
    }

    @Override
    public Mono<Link> find(LinkId id) {
        return database.one(LinkRow.FIND, Map.of("id", id.value()), LinkRow::read);
    }

    @Override
    public Mono<Changed<LinkId>> confirm(
            LinkId id, Visitor visitor, @Nullable Boolean sameBrowser) {
        return confirm.run(id, visitor, sameBrowser, Means.BUTTON);
    }

    @Override
    public Mono<Changed<LinkId>> confirmByCode(
            LinkId id, Visitor visitor, @Nullable Boolean sameBrowser) {
        return confirm.run(id, visitor, sameBrowser, Means.CODE);
    }

    @Override
    public Mono<Changed<Integer>> rejectCode(LinkId id, Visitor visitor) {
        return rejectCode.run(id, visitor);
    }

    @Override
    public Mono<Changed<LinkId>> revoke(LinkId id, AppId appId, String requestId) {
        return revoke.run(id, appId, requestId);
    }

    @Override
    public Mono<Long> recordMail(Event report) {
        return reports.record(report);
    }

    @Override
    public Mono<List<OutboxRow>> bounce(LinkId id, MailBounced bounce) {
        return reports.bounce(id, bounce);
    }

    @Override
    public Mono<List<OutboxRow>> failLost(int atMost) {
        return reports.failLost(atMost);
    }
}

package io.latchkey.auth.session.postgres;

import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.session.Ending;
import io.latchkey.auth.session.Redemption;
import io.latchkey.auth.session.Session;
import io.latchkey.auth.session.SessionStore;
import io.latchkey.events.AppId;
import io.latchkey.events.SessionId;
import io.latchkey.events.secret.RefreshToken;
import java.util.List;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class PostgresSessionStore implements SessionStore {
    private final RedeemStatements redeem;
    private final RefreshStatements refresh;
    private final EndStatement end;
    private final FindStatements find;

    PostgresSessionStore(
            RedeemStatements redeem,
            RefreshStatements refresh,
            EndStatement end,
            FindStatements find) {
        this.redeem = redeem;
        this.refresh = refresh;
        this.end = end;
        this.find = find;
    }

    @Override
    public Mono<Changed<Session>> begin(SessionId id, Redemption redemption) {
        return redeem.begin(id, redemption);
    }

    @Override
    public Mono<List<OutboxRow>> blame(Redemption redemption) {
        return redeem.blame(redemption);
    }

    @Override
    public Mono<Changed<Session>> rotate(RefreshToken token, AppId appId, String requestId) {
        return refresh.rotate(token, appId, requestId);
    }

    @Override
    public Mono<Session> repeat(RefreshToken token, AppId appId) {
        return refresh.repeat(token, appId);
    }

    @Override
    public Mono<Session> find(SessionId id, AppId appId) {
        return find.alive(id, appId);
    }

    @Override
    public Mono<Session> find(RefreshToken token, AppId appId) {
        return find.usable(token, appId);
    }

    @Override
    public Mono<Changed<Integer>> end(Ending ending) {
        return end.run(ending);
    }

    @Override
    public Mono<List<OutboxRow>> punish(RefreshToken token, AppId appId, String requestId) {
        return refresh.punish(token, appId, requestId);
    }
}

package io.latchkey.auth.oauth;

import io.latchkey.auth.session.CheckSession;
import io.latchkey.auth.session.Session;
import io.latchkey.auth.token.AccessTokens.UserToken;
import io.latchkey.events.AppId;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.secret.SubjectKey;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Says whom an access token is about, as long as its session is alive. */
@Service
public class ReadUserInfo {
    private final CheckSession checkSession;
    private final SubjectKey subjects;

    ReadUserInfo(CheckSession checkSession, SubjectKey subjects) {
        this.checkSession = checkSession;
        this.subjects = subjects;
    }

    /** Empty where the session has ended or its user is not active any more. */
    public Mono<UserInfo> read(UserToken token) {
        return checkSession
                .check(token.sessionId(), AppId.parse(token.clientId()))
                .map(this::userInfo);
    }

    private UserInfo userInfo(Session session) {
        return new UserInfo(
                session.userId().toString(),
                session.email(),
                session.emailVerified(),
                subjects.persistentId(session.tenant(), EmailAddress.parse(session.email())));
    }
}

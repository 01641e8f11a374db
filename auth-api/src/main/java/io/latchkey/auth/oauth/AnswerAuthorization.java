package io.latchkey.auth.oauth;

import io.latchkey.auth.link.Visitor;
import io.latchkey.auth.oauth.Authorization.Answered;
import io.latchkey.auth.oauth.Authorization.PersonNeeded;
import io.latchkey.auth.oauth.AuthorizationError.Code;
import io.latchkey.auth.session.CodeRequest;
import io.latchkey.auth.session.IssueCode;
import io.latchkey.auth.session.IssueCodeResult;
import io.latchkey.auth.session.IssueCodeResult.Issued;
import io.latchkey.auth.session.IssueCodeResult.TooOften;
import io.latchkey.auth.session.Session;
import io.latchkey.auth.token.AuthorizationResponses;
import io.latchkey.auth.token.IdTokens;
import io.latchkey.events.EmailAddress;
import java.util.Optional;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Answers an app at once where somebody is signed in on our pages whom it will take: of its tenant,
 * the one it means, asked lately enough, and not to be asked again.
 */
@Service
public class AnswerAuthorization {
    private final IssueCode issueCode;
    private final IdTokens idTokens;
    private final AuthorizationResponses responses;

    AnswerAuthorization(IssueCode issueCode, IdTokens idTokens, AuthorizationResponses responses) {
        this.issueCode = issueCode;
        this.idTokens = idTokens;
        this.responses = responses;
    }

    /**
     * @param hosted who is signed in on our pages in this browser
     */
    public Mono<Authorization> answer(
            AuthorizationRequest request, Optional<Session> hosted, Visitor visitor) {
        return Mono.justOrEmpty(hosted)
                .filter(session -> !request.asks() && isMeant(session, request))
                .flatMap(session -> issueCode.issue(codeRequest(session, request, visitor)))
                .map(result -> answer(request, result))
                .switchIfEmpty(
                        Mono.fromSupplier(
                                () ->
                                        request.silent()
                                                ? refused(
                                                        request,
                                                        Code.LOGIN_REQUIRED,
                                                        "Somebody has to sign in first.")
                                                : new PersonNeeded()));
    }

    private Authorization answer(AuthorizationRequest request, IssueCodeResult result) {
        return switch (result) {
            case Issued(var code) ->
                    new Answered(responses.code(request.redirectUri(), code, request.state()));
            case TooOften _ ->
                    refused(
                            request,
                            Code.TEMPORARILY_UNAVAILABLE,
                            "This browser has asked too often. Try again later.");
        };
    }

    private Authorization refused(AuthorizationRequest request, Code code, String description) {
        return new Answered(
                responses.error(
                        request.redirectUri(), code.toString(), description, request.state()));
    }

    private boolean isMeant(Session session, AuthorizationRequest request) {
        return session.tenant().equals(request.app().tenant())
                && isHinted(session, request)
                && isKnown(session, request);
    }

    /** A hint that is no address names nobody who is signed in here. */
    private static boolean isHinted(Session session, AuthorizationRequest request) {
        if (request.loginHint() == null) {
            return true;
        }
        try {
            return EmailAddress.parse(request.loginHint().strip()).value().equals(session.email());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** An id token that is not ours names nobody who is signed in here. */
    private boolean isKnown(Session session, AuthorizationRequest request) {
        return request.idTokenHint() == null
                || idTokens.verifyHint(request.idTokenHint())
                        .filter(hint -> hint.userId().equals(session.userId()))
                        .isPresent();
    }

    private static CodeRequest codeRequest(
            Session session, AuthorizationRequest request, Visitor visitor) {
        return new CodeRequest(
                session,
                request.app().id(),
                request.redirectUri(),
                request.nonce(),
                request.codeChallenge(),
                request.maxAge(),
                visitor.ip(),
                visitor.userAgent(),
                visitor.requestId());
    }
}

package io.latchkey.auth.oauth;

import io.latchkey.auth.app.App;
import io.latchkey.auth.link.CodeResult;
import io.latchkey.auth.link.ConfirmByCode;
import io.latchkey.auth.link.Link;
import io.latchkey.auth.link.OpenLink;
import io.latchkey.auth.link.Visitor;
import io.latchkey.auth.session.BeginSession;
import io.latchkey.auth.session.Redemption;
import io.latchkey.events.LinkId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * {@code urn:latchkey:grant-type:email-code}: a session for the six-digit code of a link that the
 * app itself has asked for ({@code link_id}, {@code code}), with its verifier where a challenge was
 * given. A wrong verifier counts as a wrong code; a code of another app's link is no try.
 */
@Service
class EmailCodeGrant implements Grant {
    /** No digest of a browser: an app that has lost the answer may repeat the call at once. */
    private static final String BY_GRANT = "email-code grant";

    private final OpenLink openLink;
    private final ConfirmByCode confirmByCode;
    private final BeginSession beginSession;
    private final SessionTokens tokens;

    EmailCodeGrant(
            OpenLink openLink,
            ConfirmByCode confirmByCode,
            BeginSession beginSession,
            SessionTokens tokens) {
        this.openLink = openLink;
        this.confirmByCode = confirmByCode;
        this.beginSession = beginSession;
        this.tokens = tokens;
    }

    @Override
    public String type() {
        return "urn:latchkey:grant-type:email-code";
    }

    @Override
    public Mono<TokenResponse> grant(TokenRequest request) {
        var id = linkId(request.require("link_id"));
        var code = request.require("code");
        var challenge =
                request.parameter("code_verifier").map(CodeVerifier::challenge).orElse(null);
        var app = request.client().app();
        if (app.type() == App.Type.PUBLIC && challenge == null) {
            return Mono.error(Grant::invalid);
        }
        return Mono.justOrEmpty(id)
                .flatMap(openLink::find)
                .filter(link -> link.appId().equals(app.id()))
                // One of them without the other is not even a try.
                .filter(link -> (link.codeChallenge() == null) == (challenge == null))
                .flatMap(link -> confirm(link, code, challenge, request.requestId()))
                .flatMap(link -> begin(link, challenge, request.requestId()))
                .switchIfEmpty(Mono.error(Grant::invalid));
    }

    private Mono<Link> confirm(
            Link link, String code, @Nullable String challenge, String requestId) {
        // The code is typed where the link was asked for.
        var visitor = new Visitor(requestId, link.ip(), link.userAgent(), BY_GRANT);
        var result =
                Objects.equals(link.codeChallenge(), challenge)
                        ? confirmByCode.confirm(link, code, visitor)
                        : confirmByCode.reject(link, visitor);
        return result.filter(CodeResult.Confirmed.class::isInstance).map(_ -> link);
    }

    private Mono<TokenResponse> begin(Link link, @Nullable String challenge, String requestId) {
        return beginSession
                .tryBegin(
                        new Redemption(
                                link.id(),
                                link.kid(),
                                link.appId(),
                                link.redirectUri(),
                                challenge,
                                requestId))
                .map(tokens::of);
    }

    private static Optional<LinkId> linkId(String text) {
        try {
            return Optional.of(LinkId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

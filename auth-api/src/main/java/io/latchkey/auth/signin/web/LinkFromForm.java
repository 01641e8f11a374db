package io.latchkey.auth.signin.web;

import io.latchkey.auth.link.RequestLink;
import io.latchkey.auth.link.Visitors;
import io.latchkey.auth.oauth.AuthorizationError;
import io.latchkey.auth.oauth.CheckIdTokenHint;
import io.latchkey.auth.pages.Languages;
import io.latchkey.auth.platform.SeeOther;
import io.latchkey.auth.token.AuthorizationResponses;
import io.latchkey.events.EmailAddress;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Asks for a link to the address that somebody has typed, unless the app wants somebody else. */
@Component
class LinkFromForm {
    private static final byte[] NO_BODY = {};
    private final RequestLink requestLink;
    private final CheckIdTokenHint checkIdTokenHint;
    private final AuthorizationResponses responses;
    private final Visitors visitors;
    private final AskedFor askedFor;

    LinkFromForm(
            RequestLink requestLink,
            CheckIdTokenHint checkIdTokenHint,
            AuthorizationResponses responses,
            Visitors visitors,
            AskedFor askedFor) {
        this.requestLink = requestLink;
        this.checkIdTokenHint = checkIdTokenHint;
        this.responses = responses;
        this.visitors = visitors;
        this.askedFor = askedFor;
    }

    Mono<ResponseEntity<String>> ask(
            SignInKind kind,
            SignInRequest request,
            EmailAddress email,
            ServerWebExchange exchange) {
        return isMeant(request, email)
                .flatMap(
                        meant ->
                                meant
                                        ? send(kind, request, email, exchange)
                                        : Mono.just(SeeOther.to(somebodyElse(request))));
    }

    private Mono<Boolean> isMeant(SignInRequest request, EmailAddress email) {
        return request.idTokenHint() == null
                ? Mono.just(true)
                : checkIdTokenHint.names(request.idTokenHint(), request.app().tenant(), email);
    }

    private URI somebodyElse(SignInRequest request) {
        return responses.error(
                request.redirectUri(),
                AuthorizationError.Code.LOGIN_REQUIRED.toString(),
                "Somebody else has signed in.",
                request.state());
    }

    private Mono<ResponseEntity<String>> send(
            SignInKind kind,
            SignInRequest request,
            EmailAddress email,
            ServerWebExchange exchange) {
        var visitor = visitors.of(exchange);
        var link = request.linkFor(email, kind, visitor, Languages.of(exchange));
        return requestLink
                .request(request.app(), link, Optional.empty(), NO_BODY, visitor.requestId())
                .flatMap(result -> askedFor.answer(result, request.app(), exchange));
    }
}

package io.latchkey.auth.platform;

import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The cookie that ties a form to the browser that was given its page. It also is what makes two
 * presses of a button "the same browser".
 */
@Component
public class FormCookie {
    private final String name;
    private final boolean secure;

    FormCookie(LatchkeyProperties properties) {
        this.secure = properties.https();
        this.name = secure ? "__Host-latchkey-form" : "latchkey-form";
    }

    /** What the browser has sent; empty where it has none yet. */
    public String of(ServerWebExchange exchange) {
        var cookie = exchange.getRequest().getCookies().getFirst(name);
        return cookie == null ? "" : cookie.getValue();
    }

    /** The value of the form's hidden field; the cookie is set along with it where missing. */
    public Mono<String> field(ServerWebExchange exchange) {
        Mono<CsrfToken> token =
                exchange.getAttributeOrDefault(CsrfToken.class.getName(), Mono.empty());
        return token.map(CsrfToken::getToken);
    }

    CookieServerCsrfTokenRepository repository() {
        var repository = new CookieServerCsrfTokenRepository();
        repository.setCookieName(name);
        repository.setCookieCustomizer(
                cookie -> cookie.secure(secure).httpOnly(true).sameSite("Lax").path("/"));
        return repository;
    }
}

package io.latchkey.auth.platform;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import reactor.core.publisher.Mono;

/**
 * Headers, and what is open to whom: whatever no feature's own chain claims is closed unless it is
 * listed here. Forms of pages are tied to a cookie set by the page (double submit).
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'; form-action 'self'";

    @Bean
    @Order(100)
    SecurityWebFilterChain rest(ServerHttpSecurity http, FormCookie cookie) {
        return PlainHttp.of(http, POLICY)
                .csrf(
                        csrf ->
                                csrf.requireCsrfProtectionMatcher(formPosts())
                                        .csrfTokenRepository(cookie.repository())
                                        // Its own would answer in plain text.
                                        .accessDeniedHandler((_, e) -> Mono.error(e)))
                .authorizeExchange(
                        requests ->
                                requests.pathMatchers("/l/*", "/css/**")
                                        .permitAll()
                                        .pathMatchers("/oauth2/token", "/oauth2/jwks")
                                        .permitAll()
                                        .pathMatchers("/.well-known/openid-configuration")
                                        .permitAll()
                                        .pathMatchers("/actuator/health/**", "/actuator/prometheus")
                                        .permitAll()
                                        .anyExchange()
                                        .denyAll())
                .build();
    }

    /** Paths with tricks in them, which the firewall would answer without a body. */
    @Bean
    ServerExchangeRejectedHandler rejectedPaths() {
        return (_, _) ->
                Mono.error(
                        Problem.of(
                                ProblemCode.INVALID_REQUEST,
                                "Nothing here has such a path or header."));
    }

    private static ServerWebExchangeMatcher formPosts() {
        return ServerWebExchangeMatchers.matchers(
                new PathPatternParserServerWebExchangeMatcher("/l/*", HttpMethod.POST));
    }
}

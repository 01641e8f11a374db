package io.latchkey.auth.platform;

import static org.springframework.http.HttpMethod.POST;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import java.util.Arrays;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
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
    /** For people; what is posted there comes from a form of ours. */
    private static final String[] PAGES = {
        "/l/*",
        "/l/*/again",
        "/sign-in",
        "/sign-up",
        "/code",
        "/code/*",
        "/account/**",
        "/sign-out",
        "/oauth2/logout/confirm"
    };

    @Bean
    @Order(100)
    SecurityWebFilterChain rest(ServerHttpSecurity http, FormCookie cookie) {
        return PlainHttp.of(http, ContentPolicy.ALWAYS)
                .csrf(
                        csrf ->
                                csrf.requireCsrfProtectionMatcher(formPosts())
                                        .csrfTokenRepository(cookie.repository())
                                        // Its own would answer in plain text.
                                        .accessDeniedHandler((_, e) -> Mono.error(e)))
                .authorizeExchange(
                        requests ->
                                requests.pathMatchers(
                                                "/css/**",
                                                "/js/*",
                                                "/img/*",
                                                "/docs",
                                                "/openapi.json")
                                        .permitAll()
                                        .pathMatchers(PAGES)
                                        .permitAll()
                                        .pathMatchers("/oauth2/*")
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
                Arrays.stream(PAGES)
                        .map(page -> new PathPatternParserServerWebExchangeMatcher(page, POST))
                        .toArray(ServerWebExchangeMatcher[]::new));
    }
}

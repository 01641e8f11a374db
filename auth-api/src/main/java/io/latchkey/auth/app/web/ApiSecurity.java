package io.latchkey.auth.app.web;

import io.latchkey.auth.platform.PlainHttp;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import reactor.core.publisher.Mono;

/**
 * The native API: every call is an app's or the administrator's, by its credentials. No cookie
 * counts here.
 */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {
    private static final String POLICY = "default-src 'none'; frame-ancestors 'none'";

    private static final String[] ADMINISTRATORS = {
        "/api/v1/apps/**",
        "/api/v1/keys/**",
        "/api/v1/suppressions/**",
        "/api/v1/mail-preview",
        "/api/v1/mail-test"
    };
    private static final String[] EITHERS = {"/api/v1/users/**", "/api/v1/sessions/**"};

    @Bean
    @Order(10)
    SecurityWebFilterChain api(ServerHttpSecurity http, ApiCredentials credentials) {
        // The converter has checked everything: what it gives is authenticated already.
        ReactiveAuthenticationManager proven = Mono::just;
        var authentication = new AuthenticationWebFilter(proven);
        authentication.setServerAuthenticationConverter(credentials);
        return PlainHttp.of(http, POLICY)
                .securityMatcher(new PathPatternParserServerWebExchangeMatcher("/api/**"))
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .addFilterAt(authentication, SecurityWebFiltersOrder.AUTHENTICATION)
                .authorizeExchange(
                        requests ->
                                requests.pathMatchers(ADMINISTRATORS)
                                        .hasAuthority(CallerAuthentication.ADMINISTRATOR)
                                        .pathMatchers(EITHERS)
                                        .authenticated()
                                        .anyExchange()
                                        .hasAuthority(CallerAuthentication.APP))
                .build();
    }
}

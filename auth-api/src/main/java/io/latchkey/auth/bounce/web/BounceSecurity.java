package io.latchkey.auth.bounce.web;

import io.latchkey.auth.platform.PlainHttp;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;

/** Providers have no credential of ours: they sign what they send. Goes before the native API. */
@Configuration(proxyBeanMethods = false)
class BounceSecurity {
    private static final String POLICY = "default-src 'none'; frame-ancestors 'none'";

    @Bean
    @Order(9)
    SecurityWebFilterChain bounces(ServerHttpSecurity http) {
        return PlainHttp.of(http, POLICY)
                .securityMatcher(new PathPatternParserServerWebExchangeMatcher("/api/v1/bounces/*"))
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .authorizeExchange(requests -> requests.anyExchange().permitAll())
                .build();
    }
}

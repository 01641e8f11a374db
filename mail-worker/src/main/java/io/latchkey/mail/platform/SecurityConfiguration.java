package io.latchkey.mail.platform;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.ServerAuthenticationEntryPointFailureHandler;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Health and metrics are open; all else wants the mail administrator's bearer token. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {
    private static final String SCHEME = "Bearer ";

    @Bean
    SecurityWebFilterChain securityWebFilterChain(
            ServerHttpSecurity http, WorkerProperties worker, Problems problems) {
        ServerAuthenticationEntryPoint refusal = (exchange, _) -> refuse(exchange, problems);
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .addFilterAt(
                        bearer(new AdminToken(worker.mailAdminToken()), refusal),
                        SecurityWebFiltersOrder.AUTHENTICATION)
                .authorizeExchange(
                        exchanges ->
                                exchanges
                                        .pathMatchers(
                                                HttpMethod.GET,
                                                "/actuator/health/**",
                                                "/actuator/prometheus")
                                        .permitAll()
                                        .anyExchange()
                                        .authenticated())
                .exceptionHandling(errors -> errors.authenticationEntryPoint(refusal))
                .build();
    }

    private static AuthenticationWebFilter bearer(
            AdminToken token, ServerAuthenticationEntryPoint refusal) {
        var filter = new AuthenticationWebFilter(token);
        filter.setServerAuthenticationConverter(SecurityConfiguration::presented);
        filter.setAuthenticationFailureHandler(
                new ServerAuthenticationEntryPointFailureHandler(refusal));
        return filter;
    }

    private static Mono<Authentication> presented(ServerWebExchange exchange) {
        return Mono.justOrEmpty(
                        exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip())
                .map(token -> new PreAuthenticatedAuthenticationToken("bearer", token));
    }

    private static Mono<Void> refuse(ServerWebExchange exchange, Problems problems) {
        exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return problems.write(
                exchange,
                HttpStatus.UNAUTHORIZED,
                "invalid_token",
                "The mail administrator's bearer token is wanted here.");
    }
}

package io.latchkey.audit.platform;

import io.latchkey.audit.problem.ProblemHandler;
import io.latchkey.events.secret.SubjectKey;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.ServerAuthenticationEntryPointFailureHandler;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;

/**
 * Who may read. Health, metrics, the hashes of the log and the console's sign-in are open;
 * everything else asks for a bearer token, which is read from the {@code Authorization} header
 * only, or for the cookie that the console gave for it.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {
    @Bean
    SecurityWebFilterChain securityFilterChain(
            ServerHttpSecurity http,
            AuditProperties properties,
            ConsoleSession sessions,
            CredentialRefusals refusals,
            ProblemHandler problems) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .authorizeExchange(
                        paths ->
                                paths.pathMatchers("/actuator/health/**", "/actuator/prometheus")
                                        .permitAll()
                                        .pathMatchers("/tlog/tile/entries/**")
                                        .hasAuthority(AuditReaderAuthentication.READ)
                                        .pathMatchers(HttpMethod.GET, "/tlog/**")
                                        .permitAll()
                                        .pathMatchers(
                                                "/console/sign-in",
                                                "/console/sign-out",
                                                "/console/assets/**")
                                        .permitAll()
                                        // Its pages tell of all tenants
                                        .pathMatchers("/", "/console/**")
                                        .hasAuthority(AuditReaderAuthentication.READ_ALL)
                                        .anyExchange()
                                        .hasAuthority(AuditReaderAuthentication.READ))
                .addFilterAt(
                        bearerTokens(properties, refusals, problems),
                        SecurityWebFiltersOrder.AUTHENTICATION)
                .addFilterAfter(
                        new ConsoleAuthentication(sessions), SecurityWebFiltersOrder.AUTHENTICATION)
                .exceptionHandling(
                        handling ->
                                handling.authenticationEntryPoint(new ConsoleEntryPoint(problems))
                                        .accessDeniedHandler(problems))
                .build();
    }

    private static AuthenticationWebFilter bearerTokens(
            AuditProperties properties, CredentialRefusals refusals, ProblemHandler problems) {
        ReactiveAuthenticationManager manager =
                new AuditTokenAuthentication(properties.auditToken(), AccessTokens.of(properties));
        var filter = new AuthenticationWebFilter(manager);
        filter.setServerAuthenticationConverter(new ServerBearerTokenAuthenticationConverter());
        var failure = new ServerAuthenticationEntryPointFailureHandler(problems);
        filter.setAuthenticationFailureHandler(
                (exchange, refusal) -> {
                    // Of a token that nobody could check, nobody knows whether it is one.
                    if (!(refusal instanceof AuthenticationServiceException)) {
                        refusals.refused(Caller.of(exchange.getExchange()));
                    }
                    return failure.onAuthenticationFailure(exchange, refusal);
                });
        return filter;
    }

    @Bean
    SubjectKey subjectKey(AuditProperties properties) {
        return properties.parsedSubjectKey();
    }
}

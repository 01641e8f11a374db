package io.latchkey.auth.platform;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import reactor.core.publisher.Mono;

/** What every filter chain has in common. */
public final class PlainHttp {
    private PlainHttp() {}

    /** No session, no login form, no request cache; the headers that every answer carries. */
    public static ServerHttpSecurity of(ServerHttpSecurity http, String contentSecurityPolicy) {
        return http.httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .anonymous(ServerHttpSecurity.AnonymousSpec::disable)
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .headers(
                        headers ->
                                headers.contentSecurityPolicy(
                                                policy ->
                                                        policy.policyDirectives(
                                                                contentSecurityPolicy))
                                        .referrerPolicy(
                                                referrer ->
                                                        referrer.policy(
                                                                ReferrerPolicy.NO_REFERRER)))
                .exceptionHandling(
                        errors ->
                                errors.authenticationEntryPoint((_, _) -> Mono.error(nothingHere()))
                                        .accessDeniedHandler((_, e) -> Mono.error(e)));
    }

    private static Problem nothingHere() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is nothing at this path.");
    }
}

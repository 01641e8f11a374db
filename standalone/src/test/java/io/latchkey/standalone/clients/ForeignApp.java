package io.latchkey.standalone.clients;

import static org.springframework.security.config.Customizer.withDefaults;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.reactive.ReactiveOAuth2ClientAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.reactive.ReactiveOAuth2ClientWebSecurityAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.RefreshOidcUserReactiveOAuth2AuthorizationSuccessHandler;
import org.springframework.security.oauth2.client.RefreshTokenReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.oidc.authentication.ReactiveOidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.web.server.logout.OidcClientInitiatedServerLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.server.ServerOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoderFactory;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An app of somebody else's with Spring Security's OAuth 2 client, as its documentation has it. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    CodecsAutoConfiguration.class,
    ErrorWebFluxAutoConfiguration.class,
    HttpHandlerAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    NettyReactiveWebServerAutoConfiguration.class,
    ReactiveOAuth2ClientAutoConfiguration.class,
    ReactiveOAuth2ClientWebSecurityAutoConfiguration.class,
    ReactiveWebSecurityAutoConfiguration.class,
    WebFluxAutoConfiguration.class
})
public class ForeignApp {
    private static final String REGISTRATION =
            "spring.security.oauth2.client.registration.latchkey.";

    /**
     * Starts it on loopback; returns once it answers.
     *
     * @param port that its redirect URI was registered with
     */
    public static ConfigurableApplicationContext start(
            int port, String issuer, String clientId, String clientSecret) {
        return new SpringApplicationBuilder(ForeignApp.class, ForeignPages.class)
                .web(WebApplicationType.REACTIVE)
                .properties("spring.config.name=foreign-app")
                .properties(
                        Map.of(
                                "server.port",
                                port,
                                "server.address",
                                "127.0.0.1",
                                // Else it may stop reading: Reactor Netty, issue 4361.
                                "server.netty.max-keep-alive-requests",
                                1,
                                REGISTRATION + "client-id",
                                clientId,
                                REGISTRATION + "client-secret",
                                clientSecret,
                                REGISTRATION + "scope",
                                "openid,email",
                                "spring.security.oauth2.client.provider.latchkey.issuer-uri",
                                issuer))
                .run();
    }

    @Bean
    SecurityWebFilterChain chain(
            ServerHttpSecurity http, ReactiveClientRegistrationRepository registrations) {
        var signedOut = new OidcClientInitiatedServerLogoutSuccessHandler(registrations);
        signedOut.setPostLogoutRedirectUri("{baseUrl}/goodbye");
        return http.authorizeExchange(
                        paths ->
                                paths.pathMatchers("/goodbye")
                                        .permitAll()
                                        .anyExchange()
                                        .authenticated())
                .oauth2Login(withDefaults())
                .logout(logout -> logout.logoutSuccessHandler(signedOut))
                .build();
    }

    /** Its own default is RS256; what the issuer signs with is ES256. */
    @Bean
    ReactiveJwtDecoderFactory<ClientRegistration> idTokens() {
        var decoders = new ReactiveOidcIdTokenDecoderFactory();
        decoders.setJwsAlgorithmResolver(_ -> SignatureAlgorithm.ES256);
        return decoders;
    }

    /** Refreshes at every look, so that one is seen to. */
    @Bean
    ReactiveOAuth2AuthorizedClientManager manager(
            ReactiveClientRegistrationRepository registrations,
            ServerOAuth2AuthorizedClientRepository clients,
            ReactiveJwtDecoderFactory<ClientRegistration> idTokens) {
        var refreshed = new RefreshOidcUserReactiveOAuth2AuthorizationSuccessHandler();
        refreshed.setJwtDecoderFactory(idTokens);
        var refresh = new RefreshTokenReactiveOAuth2AuthorizedClientProvider();
        refresh.setAuthorizationSuccessHandler(refreshed);
        refresh.setClockSkew(Duration.ofHours(1));
        var manager = new DefaultReactiveOAuth2AuthorizedClientManager(registrations, clients);
        manager.setAuthorizedClientProvider(
                ReactiveOAuth2AuthorizedClientProviderBuilder.builder()
                        .authorizationCode()
                        .provider(refresh)
                        .build());
        return manager;
    }

    /** What it shows. */
    @RestController
    static class ForeignPages {
        @GetMapping(value = "/", produces = MediaType.TEXT_HTML_VALUE)
        String home(@AuthenticationPrincipal OidcUser user) {
            return "<!doctype html><title>App</title><p id=\"who\">" + user.getEmail() + "</p>";
        }

        @GetMapping(value = "/renewed", produces = MediaType.TEXT_HTML_VALUE)
        String renewed(
                @RegisteredOAuth2AuthorizedClient("latchkey") OAuth2AuthorizedClient client) {
            var token = client.getRefreshToken();
            return "<!doctype html><title>App</title><p id=\"token\">"
                    + (token == null ? "" : token.getTokenValue().hashCode())
                    + "</p>";
        }

        @GetMapping(value = "/goodbye", produces = MediaType.TEXT_HTML_VALUE)
        String goodbye() {
            return "<!doctype html><title>App</title><p id=\"who\">nobody</p>";
        }
    }
}

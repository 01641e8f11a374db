package io.latchkey.auth.platform;

import java.time.Duration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** The threads and connections of this process's HTTP server. */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration WHOLE_REQUEST = Duration.ofSeconds(10);

    /**
     * Resources of our own: the default ones are shared by all of a JVM, and stopping would take
     * them from the neighbours in the standalone.
     */
    @Bean
    ReactorResourceFactory reactorResourceFactory() {
        var resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        return resources;
    }

    /** Whoever sends a body slowly keeps others from their place: see {@link Admission}. */
    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> slowBodies() {
        return factory ->
                factory.addServerCustomizers(
                        server -> server.readTimeout(SILENCE).requestTimeout(WHOLE_REQUEST));
    }
}

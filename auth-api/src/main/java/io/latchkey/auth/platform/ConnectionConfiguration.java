package io.latchkey.auth.platform;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** The threads and connections of this process's HTTP server. */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {
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
}

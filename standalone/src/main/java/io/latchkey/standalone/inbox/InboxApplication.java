package io.latchkey.standalone.inbox;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The inbox's web server. Names what it needs instead of letting Spring Boot look: on the
 * standalone's class path lies everything that the three services need.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
@ImportAutoConfiguration({
    CodecsAutoConfiguration.class,
    ErrorWebFluxAutoConfiguration.class,
    HttpHandlerAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    NettyReactiveWebServerAutoConfiguration.class,
    WebFluxAutoConfiguration.class
})
public class InboxApplication {
    /** A server, not yet started, of these mails. */
    public static SpringApplicationBuilder application(Inbox inbox, Tour tour) {
        return new SpringApplicationBuilder(InboxApplication.class)
                .web(WebApplicationType.REACTIVE)
                .properties("spring.config.name=inbox")
                .initializers(
                        (GenericApplicationContext context) -> {
                            context.registerBean(Inbox.class, () -> inbox);
                            context.registerBean(Tour.class, () -> tour);
                        });
    }
}

package io.latchkey.auth;

import io.latchkey.auth.keys.KeysCommand;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The process {@code auth-api}. With {@code keys …} as arguments it runs that command instead. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@EnableScheduling
public class AuthApiApplication {
    /** The process as it runs alone and within the standalone. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(AuthApiApplication.class)
                .properties("spring.config.name=auth-api")
                .web(WebApplicationType.REACTIVE);
    }

    public static void main(String[] arguments) {
        if (arguments.length > 0 && KeysCommand.NAME.equals(arguments[0])) {
            System.exit(new KeysCommand(System.getenv()).run(arguments));
        }
        application().run(arguments);
    }
}

package io.latchkey.mail;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The mail worker as a process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class MailWorkerApplication {
    /** As it runs alone and within the standalone: its own settings file, reactive web. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(MailWorkerApplication.class)
                .properties("spring.config.name=mail-worker")
                .web(WebApplicationType.REACTIVE);
    }

    public static void main(String[] args) {
        application().run(args);
    }
}

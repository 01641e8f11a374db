package io.latchkey.audit;

import io.latchkey.audit.platform.RequiredSettings;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The audit consumer: records every event once, and answers who did what. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AuditConsumerApplication {
    public static void main(String[] args) {
        application().run(args);
    }

    /**
     * The process as it runs alone and within the standalone: settings in {@code
     * audit-consumer.yml}.
     */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(AuditConsumerApplication.class)
                .web(WebApplicationType.REACTIVE)
                .initializers(new RequiredSettings())
                .properties("spring.config.name=audit-consumer");
    }
}

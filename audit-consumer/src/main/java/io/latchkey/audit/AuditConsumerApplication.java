package io.latchkey.audit;

import io.latchkey.audit.detection.DetectionProperties;
import io.latchkey.audit.ingest.CheckpointProperties;
import io.latchkey.audit.platform.AuditProperties;
import io.latchkey.audit.platform.RequiredSettings;
import io.latchkey.audit.retention.RetentionProperties;
import io.latchkey.audit.verify.CheckpointKeyCommand;
import io.latchkey.audit.verify.VerifyCommand;
import io.latchkey.audit.webhook.WebhookProperties;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The audit consumer: records every event once, and answers who did what. With {@code verify …} or
 * {@code checkpoint-key} it runs that command instead.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AuditConsumerApplication {
    public static void main(String[] args) {
        if (args.length > 0 && VerifyCommand.NAME.equals(args[0])) {
            var token = System.getenv().getOrDefault("LATCHKEY_AUDIT_TOKEN", "");
            System.exit(new VerifyCommand(token).run(args));
        }
        if (args.length > 0 && CheckpointKeyCommand.NAME.equals(args[0])) {
            System.exit(new CheckpointKeyCommand().run());
        }
        application().run(args);
    }

    /**
     * The process as it runs alone and within the standalone: settings in {@code
     * audit-consumer.yml}.
     */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(AuditConsumerApplication.class)
                .web(WebApplicationType.REACTIVE)
                .initializers(
                        new RequiredSettings(
                                AuditProperties.class,
                                CheckpointProperties.class,
                                DetectionProperties.class,
                                RetentionProperties.class,
                                WebhookProperties.class))
                .properties("spring.config.name=audit-consumer");
    }
}

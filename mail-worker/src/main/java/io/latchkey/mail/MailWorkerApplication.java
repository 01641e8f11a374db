package io.latchkey.mail;

import io.latchkey.mail.preview.MailPreviewCommand;
import java.time.InstantSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The mail worker as a process. With {@code mail-preview …} it runs that command instead. */
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
        if (args.length > 0 && MailPreviewCommand.NAME.equals(args[0])) {
            System.exit(new MailPreviewCommand(InstantSource.system()).run(args));
        }
        application().run(args);
    }
}

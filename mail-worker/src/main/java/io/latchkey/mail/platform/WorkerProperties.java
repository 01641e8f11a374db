package io.latchkey.mail.platform;

import jakarta.validation.constraints.NotBlank;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What every worker must be given.
 *
 * @param mailKeys the mail key ring, {@code kid:base64url(32 bytes)[,kid:…]}; a secret
 * @param mailAdminToken bearer token for this worker's own endpoints; a secret
 * @param node names this process in the events it publishes; the host's name where blank
 */
@Validated
@ConfigurationProperties("latchkey")
public record WorkerProperties(
        @NotBlank(message = "LATCHKEY_MAIL_KEYS is not set") String mailKeys,
        @NotBlank(message = "LATCHKEY_MAIL_ADMIN_TOKEN is not set") String mailAdminToken,
        @DefaultValue("") String node) {
    public WorkerProperties {
        if (node.isBlank()) {
            node = hostName();
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed";
        }
    }

    @Override
    public String toString() {
        return "WorkerProperties[" + node + "]";
    }
}

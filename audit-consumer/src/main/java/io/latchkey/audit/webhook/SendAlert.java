package io.latchkey.audit.webhook;

import io.latchkey.audit.trail.RecordedEvent;
import io.latchkey.audit.webhook.WebhookProperties.Webhook;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Offers one alert to one webhook, once. Follows no redirect. */
@Component
final class SendAlert implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SendAlert.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final JsonMapper json = JsonMapper.shared();
    private final InstantSource clock;

    SendAlert(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether it was taken: answered with a status from 200 to 299. Blocks. */
    boolean isTaken(Webhook webhook, RecordedEvent alert) throws InterruptedException {
        try {
            var status =
                    http.send(request(webhook, alert), HttpResponse.BodyHandlers.discarding())
                            .statusCode();
            if (status / 100 == 2) {
                return true;
            }
            refused(webhook, "status " + status);
        } catch (IOException e) {
            refused(webhook, e.getClass().getSimpleName());
        }
        return false;
    }

    private HttpRequest request(Webhook webhook, RecordedEvent alert) {
        var event = json.readTree(alert.json());
        var body =
                json.createObjectNode()
                        .put("type", "latchkey.alert")
                        .put("timestamp", event.path("time").asString())
                        .set("data", event)
                        .toString();
        var signed =
                new SignedWebhook(
                        event.path("event_id").asString(),
                        clock.instant().getEpochSecond(),
                        body,
                        webhook);
        var request =
                HttpRequest.newBuilder(webhook.url())
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        signed.headers().forEach(request::header);
        return request.build();
    }

    private static void refused(Webhook webhook, String why) {
        log.atWarn()
                .addKeyValue("webhook", webhook.name())
                .addKeyValue("error", why)
                .log("a webhook did not take an alert: trying again later");
    }

    @Override
    public void close() {
        http.close();
    }
}

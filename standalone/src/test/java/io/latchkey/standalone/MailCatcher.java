package io.latchkey.standalone;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.latchkey.standalone.DemoClient.Mailbox;
import io.latchkey.standalone.DemoClient.ReceivedMail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What MailDev has caught, by its HTTP API.
 *
 * @see <a href="https://github.com/maildev/maildev/blob/v2.2.1/docs/rest.md">MailDev's REST API</a>
 */
final class MailCatcher implements Mailbox {
    private final URI emails;

    MailCatcher(String port) {
        emails = URI.create("http://localhost:" + port + "/email");
    }

    @Override
    public List<ReceivedMail> mails(String email) {
        return byRecipient().getOrDefault(email, List.of()).reversed();
    }

    /** All mails by their one recipient, the oldest first. */
    Map<String, List<ReceivedMail>> byRecipient() {
        try (var answer = emails.toURL().openStream()) {
            return JsonMapper.shared()
                    .readTree(answer)
                    .valueStream()
                    .collect(
                            groupingBy(
                                    mail -> mail.at("/to/0/address").stringValue(),
                                    mapping(MailCatcher::received, toList())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ReceivedMail received(JsonNode mail) {
        return new ReceivedMail(
                mail.get("messageId").stringValue(), mail.get("text").stringValue());
    }
}

package io.latchkey.mail.relay.sendgrid;

import io.latchkey.events.FailureClass;
import io.latchkey.mail.relay.FailureReason;
import io.latchkey.mail.relay.MailRelay;
import io.latchkey.mail.relay.RelayReply;
import io.latchkey.mail.relay.ReplyText;
import io.latchkey.rendering.Mail;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands mails to SendGrid's v3 API. Where a request may have arrived and no answer came, the mail
 * may have been taken.
 *
 * @see <a
 *     href="https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/responses">
 *     SendGrid, Responses</a>
 */
final class SendGridRelay implements MailRelay {
    private static final String PATH = "/v3/mail/send";
    private static final int ACCEPTED = 202;
    private static final int TOO_MANY = 429;
    private static final Set<Integer> ABOUT_US = Set.of(401, 403, 404, 405);

    /** An answer that says that no mail was taken, unlike a gateway's. */
    private static final Set<Integer> SURELY_NOT = Set.of(408, 500, 503);

    private final String name;
    private final URI url;
    private final String apiKey;
    private final HttpClient client;
    private final JsonMapper json;
    private final ConcurrentMap<HttpRequest, CompletableFuture<?>> underWay =
            new ConcurrentHashMap<>();
    private volatile boolean cutShort;

    SendGridRelay(String name, URI url, String apiKey, Duration connectTimeout, JsonMapper json) {
        this.name = name;
        this.url = url.resolve(PATH);
        this.apiKey = apiKey;
        this.json = json;
        this.client =
                HttpClient.newBuilder()
                        .connectTimeout(connectTimeout)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    @Override
    public String name() {
        return name;
    }

    /** The client keeps them to itself. */
    @Override
    public int openConnections() {
        return underWay.size();
    }

    @Override
    public RelayReply handOver(Mail mail, Duration patience, Duration time) {
        if (cutShort) {
            return failed(FailureClass.TRANSIENT, FailureReason.RELAY_TIMEOUT, null);
        }
        var request = request(mail);
        var answer = client.sendAsync(request, BodyHandlers.ofString());
        underWay.put(request, answer);
        try {
            // From here on it may have the mail: patience with it would be of no use.
            return reply(answer.get(time.toNanos(), TimeUnit.NANOSECONDS), mail.code());
        } catch (ExecutionException e) {
            return unanswered(e.getCause());
        } catch (TimeoutException | CancellationException e) {
            return failed(FailureClass.AMBIGUOUS, FailureReason.UNANSWERED, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(FailureClass.AMBIGUOUS, FailureReason.UNANSWERED, null);
        } finally {
            underWay.remove(request);
            answer.cancel(true);
        }
    }

    private HttpRequest request(Mail mail) {
        return HttpRequest.newBuilder(url)
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/json")
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                json.writeValueAsString(SendGridBody.of(mail))))
                .build();
    }

    private static RelayReply reply(HttpResponse<String> response, String code) {
        var status = response.statusCode();
        if (status == ACCEPTED) {
            var id = response.headers().firstValue("X-Message-Id").orElse("");
            return new RelayReply.Accepted(ReplyText.of(status + " " + id, code));
        }
        var text = ReplyText.of(status + " " + response.body(), code);
        if (ABOUT_US.contains(status)) {
            return failed(FailureClass.TRANSIENT, FailureReason.RELAY_AUTHENTICATION, text);
        }
        if (status == TOO_MANY) {
            return failed(FailureClass.TRANSIENT, FailureReason.DEFERRED, text);
        }
        if (SURELY_NOT.contains(status)) {
            return failed(FailureClass.TRANSIENT, FailureReason.RELAY_UNREADY, text);
        }
        return status >= 400 && status < 500
                ? failed(FailureClass.PERMANENT, FailureReason.REFUSED, text)
                : failed(FailureClass.AMBIGUOUS, FailureReason.UNANSWERED, text);
    }

    private static RelayReply unanswered(@Nullable Throwable failure) {
        return switch (failure) {
            case ConnectException _, HttpConnectTimeoutException _ ->
                    failed(FailureClass.TRANSIENT, FailureReason.RELAY_UNREACHABLE, null);
            case SSLHandshakeException _ ->
                    failed(FailureClass.TRANSIENT, FailureReason.RELAY_TLS, null);
            case IOException _ -> failed(FailureClass.AMBIGUOUS, FailureReason.UNANSWERED, null);
            case null, default -> throw new IllegalStateException("cannot ask SendGrid", failure);
        };
    }

    private static RelayReply.Failed failed(
            FailureClass failureClass, FailureReason reason, @Nullable String text) {
        return new RelayReply.Failed(failureClass, reason, text);
    }

    @Override
    public void cutShort() {
        cutShort = true;
        underWay.values().forEach(answer -> answer.cancel(true));
    }

    @Override
    public void startAgain() {
        cutShort = false;
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}

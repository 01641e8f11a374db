package io.latchkey.benchmarks;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** The hosted sign-in page of an app, open in a browser. */
public final class SignInPage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern FIELD = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private final HttpClient browser =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(new CookieManager())
                    .build();
    private final URI uri;
    private final String field;

    SignInPage(URI uri) throws IOException, InterruptedException {
        this.uri = uri;
        var page = browser.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        var match = FIELD.matcher(page.body());
        if (!match.find()) {
            throw new IllegalStateException(page.statusCode() + " " + page.body());
        }
        this.field = match.group(1);
    }

    /** Types an address and presses the button. */
    public HttpResponse<String> ask(String email) throws IOException, InterruptedException {
        var form = "_csrf=" + encoded(field) + "&email=" + encoded(email);
        return browser.send(
                HttpRequest.newBuilder(uri)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Sec-Fetch-Site", "same-origin")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        browser.shutdownNow();
    }
}

package io.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.LinkId;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Somebody with a browser and a mail in which our link is. */
public final class Person implements AutoCloseable {
    private final RunningAuthApi api = RunningAuthApi.get();
    private final Browser browser;
    private final String[] headers;

    /**
     * With pairs of names and values of headers that the browser always sends. It likes problems in
     * JSON, so that tests can tell them apart.
     */
    public Person(String... headers) {
        this.browser = new Browser(api.url());
        this.headers = Arrays.copyOf(headers, headers.length + 2);
        this.headers[headers.length] = "Accept";
        this.headers[headers.length + 1] = "application/json";
    }

    public static Person withUserAgent(String userAgent) {
        return new Person("User-Agent", userAgent);
    }

    public static String path(LinkId link) {
        return "/l/" + RunningAuthApi.get().linkToken(link);
    }

    public HttpResponse<String> open(LinkId link) {
        return browser.get(path(link), headers);
    }

    /** Opens the page and presses its button; pairs of names and values are typed into the form. */
    public HttpResponse<String> press(LinkId link, String... typed) {
        return submit(link, Browser.field(open(link)), typed);
    }

    /** Presses the button of a page that is open already. */
    public HttpResponse<String> submit(LinkId link, String field, String... typed) {
        var form = new HashMap<>(Map.of("_csrf", field));
        for (int i = 0; i < typed.length; i += 2) {
            form.put(typed[i], typed[i + 1]);
        }
        return browser.postForm(path(link), form, headers);
    }

    /** The authorization code that the button led to. */
    public String confirm(LinkId link) {
        return code(press(link));
    }

    public static String code(HttpResponse<String> pressed) {
        return parameter(pressed, "code");
    }

    /** A parameter of the URI that an answer redirects to. */
    public static String parameter(HttpResponse<String> redirect, String name) {
        assertThat(redirect.statusCode()).as(redirect.body()).isEqualTo(303);
        var location = redirect.headers().firstValue("Location").orElseThrow();
        var match = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(location);
        assertThat(match.find()).as(name).isTrue();
        return URLDecoder.decode(match.group(1), StandardCharsets.UTF_8);
    }

    public Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
    }
}

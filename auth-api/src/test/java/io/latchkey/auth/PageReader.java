package io.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.LinkId;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.regex.Pattern;

/** Somebody on our pages, with a browser that runs no scripts and follows no redirect. */
public final class PageReader implements AutoCloseable {
    private static final Pattern WAITING = Pattern.compile("latchkey-link=(link_[0-9a-z]{26})");
    private final Browser browser = new Browser(RunningAuthApi.get().url());
    private final String[] headers;

    /** With pairs of names and values of headers that the browser always sends. */
    public PageReader(String... headers) {
        this.headers = Arrays.copyOf(headers, headers.length + 2);
        this.headers[headers.length] = "Accept";
        this.headers[headers.length + 1] = "text/html,application/xhtml+xml,*/*;q=0.8";
    }

    public HttpResponse<String> open(String path) {
        return browser.get(path, headers);
    }

    /** A page that is there. */
    public String read(String path) {
        var page = open(path);
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        return page.body();
    }

    /** Fills in a form; its hidden field is of the page at the path given. */
    public HttpResponse<String> submit(String page, String action, String... typed) {
        return post(action, Browser.field(open(page)), typed);
    }

    /** Posts a form with a hidden field from anywhere. */
    public HttpResponse<String> post(String action, String field, String... typed) {
        var form = new HashMap<String, String>();
        form.put("_csrf", field);
        for (int i = 0; i < typed.length; i += 2) {
            form.put(typed[i], typed[i + 1]);
        }
        return browser.postForm(action, form, headers);
    }

    /** Asks for a link on the page {@code /sign-in}, and waits for it from now on. */
    public LinkId signIn(String email) {
        return waitedFor(submit("/sign-in", "/sign-in", "email", email));
    }

    /** The link that an answer makes the browser wait for. */
    public static LinkId waitedFor(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(location(answer)).startsWith("/code");
        return answer.headers().allValues("Set-Cookie").stream()
                .map(WAITING::matcher)
                .filter(java.util.regex.Matcher::find)
                .map(match -> LinkId.parse(match.group(1)))
                .findFirst()
                .orElseThrow();
    }

    public static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    public Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
    }
}

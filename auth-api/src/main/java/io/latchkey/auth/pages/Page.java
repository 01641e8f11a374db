package io.latchkey.auth.pages;

import io.latchkey.auth.app.App;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A page to be rendered by {@link Pages}.
 *
 * @param template its name below {@code templates/pages}
 * @param app whose page it is, where it is some app's
 * @param model what the template shows, besides what every page has
 * @param formTarget where an answer to its forms may redirect to
 * @param script the module that it loads
 * @param retryAfter when the same may be tried again
 */
public record Page(
        String template,
        HttpStatus status,
        @Nullable App app,
        Map<String, Object> model,
        @Nullable String formTarget,
        @Nullable String script,
        @Nullable Duration retryAfter) {
    public Page {
        model = Map.copyOf(model);
    }

    public static Page of(String template) {
        return new Page(template, HttpStatus.OK, null, Map.of(), null, null, null);
    }

    public Page status(HttpStatus other) {
        return new Page(template, other, app, model, formTarget, script, retryAfter);
    }

    public Page app(App whose) {
        return new Page(template, status, whose, model, formTarget, script, retryAfter);
    }

    /** Absent values are left out. */
    public Page with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        var more = new HashMap<>(model);
        more.put(name, value);
        return new Page(template, status, app, more, formTarget, script, retryAfter);
    }

    /** Browsers apply {@code form-action} to the redirect that answers a form as well. */
    public Page formsLeadTo(String uri) {
        return new Page(template, status, app, model, uri, script, retryAfter);
    }

    /** Loads a module from {@code /js}, which may call us. */
    public Page script(String module) {
        return new Page(template, status, app, model, formTarget, module, retryAfter);
    }

    public Page retryAfter(Duration pause) {
        return new Page(template, status, app, model, formTarget, script, pause);
    }
}

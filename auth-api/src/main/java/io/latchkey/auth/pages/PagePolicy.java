package io.latchkey.auth.pages;

import io.latchkey.auth.platform.ContentPolicy;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a browser may do for a page of ours (S13): nothing inline, nothing of others.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy 3</a>
 */
final class PagePolicy {
    private PagePolicy() {}

    static String of(Page page) {
        return ContentPolicy.ALWAYS
                + target(page.formTarget())
                + (page.script() == null ? "" : "; script-src 'self'; connect-src 'self'");
    }

    private static String target(@Nullable String uri) {
        if (uri == null) {
            return "";
        }
        var target = URI.create(uri);
        return " " + target.getScheme() + "://" + target.getRawAuthority();
    }
}

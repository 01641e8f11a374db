package io.latchkey.auth.pages;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a browser may do for a page of ours (S13): nothing inline, nothing of others.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy 3</a>
 */
final class PagePolicy {
    private static final String ALWAYS =
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'; form-action 'self'";

    private PagePolicy() {}

    static String of(Page page) {
        return ALWAYS
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

package io.latchkey.auth.platform;

/**
 * What a browser may do for whatever we answer (S13): nothing inline, nothing of others.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy 3</a>
 */
public final class ContentPolicy {
    /** Pages add where their forms lead, and their script; {@code form-action} is the last. */
    public static final String ALWAYS =
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'; form-action 'self'";

    private ContentPolicy() {}
}

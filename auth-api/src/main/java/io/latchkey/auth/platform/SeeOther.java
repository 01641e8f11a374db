package io.latchkey.auth.platform;

import java.net.URI;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * Sends a browser on, with a GET, and keeps where to out of every cache.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc9110#section-15.4.4">RFC 9110 §15.4.4</a>
 */
public final class SeeOther {
    private SeeOther() {}

    public static <T> ResponseEntity<T> to(URI location) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(location)
                .cacheControl(CacheControl.noStore())
                .build();
    }

    /** To a page of ours. */
    public static <T> ResponseEntity<T> to(String path) {
        return to(URI.create(path));
    }
}

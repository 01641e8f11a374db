package io.latchkey.auth.problem;

import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Whether a person is looking: the mailed page, and where apps send browsers, are for people;
 * everything else answers in JSON unless a browser asks.
 */
public final class PagePreference {
    private static final List<String> FOR_PROGRAMS = List.of("/api/", "/oauth2/", "/.well-known/");

    /** Where apps send browsers. */
    private static final List<String> VISITED =
            List.of("/oauth2/authorize", "/oauth2/logout", "/oauth2/logout/confirm");

    private PagePreference() {}

    public static boolean of(ServerHttpRequest request) {
        var path = request.getPath().value();
        var visited = path.startsWith("/l/") || VISITED.contains(path);
        if (!visited && FOR_PROGRAMS.stream().anyMatch(path::startsWith)) {
            return false;
        }
        var accepted = accepted(request.getHeaders());
        var html = quality(accepted, MediaType.TEXT_HTML);
        var json =
                Math.max(
                        quality(accepted, MediaType.APPLICATION_JSON),
                        quality(accepted, MediaType.APPLICATION_PROBLEM_JSON));
        return visited ? html >= json : html > json;
    }

    /** None where the header is malformed. */
    private static List<MediaType> accepted(HttpHeaders headers) {
        try {
            return headers.getAccept();
        } catch (InvalidMediaTypeException e) {
            return List.of();
        }
    }

    private static double quality(List<MediaType> accepted, MediaType type) {
        return accepted.stream()
                .filter(a -> a.isConcrete() && a.isCompatibleWith(type))
                .mapToDouble(MediaType::getQualityValue)
                .max()
                .orElse(0);
    }
}

package io.latchkey.audit.tlog.web;

import io.latchkey.audit.platform.AuditReader;
import io.latchkey.audit.problem.Problem;
import io.latchkey.audit.tlog.EntryBundle;
import io.latchkey.audit.tlog.LogStore;
import io.latchkey.audit.tlog.SignerKey;
import io.latchkey.audit.tlog.Tile;
import io.latchkey.audit.tlog.TileAddress;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * The log as static files. All but the entries are hashes and open to anybody.
 *
 * @see <a href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles</a>
 */
@RestController
class TlogController {
    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");

    /** A tile once served never changes: a longer one has another name. */
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final LogStore log;
    private final String key;

    TlogController(LogStore log, SignerKey key) {
        this.log = log;
        this.key = key.verifierKey() + "\n";
    }

    /** {@code GET /tlog/key}: who signs the checkpoints. */
    @GetMapping("/tlog/key")
    ResponseEntity<String> key() {
        return ResponseEntity.ok().contentType(TEXT).body(key);
    }

    /** {@code GET /tlog/checkpoint}: the newest. */
    @GetMapping("/tlog/checkpoint")
    Mono<ResponseEntity<String>> checkpoint() {
        return log.checkpoint()
                .map(
                        note ->
                                ResponseEntity.ok()
                                        .cacheControl(CacheControl.noCache())
                                        .contentType(TEXT)
                                        .body(note))
                .switchIfEmpty(Mono.error(() -> Problem.notFound("Nothing is signed yet.")));
    }

    /** {@code GET /tlog/tile/<level>/<index>[.p/<width>]}: hashes. */
    @GetMapping("/tlog/tile/{level:[0-7]}/{*path}")
    Mono<ResponseEntity<byte[]>> tile(@PathVariable int level, @PathVariable String path) {
        var wanted = TilePath.parse(path).orElseThrow(TlogController::noSuchTile);
        return log.tiles(List.of(new TileAddress(level, wanted.index())))
                .filter(found -> !found.isEmpty())
                .map(List::getFirst)
                .filter(tile -> tile.hashes().size() >= wanted.width())
                .map(tile -> new Tile(tile.address(), tile.hashes().subList(0, wanted.width())))
                .map(tile -> bytes(tile.bytes(), cacheForEver().cachePublic()))
                .switchIfEmpty(Mono.error(TlogController::noSuchTile));
    }

    /**
     * {@code GET /tlog/tile/entries/<index>[.p/<width>]}: leaves, which are the events themselves:
     * for whoever may read those of all tenants.
     */
    @GetMapping("/tlog/tile/entries/{*path}")
    Mono<ResponseEntity<byte[]>> entries(
            @PathVariable String path, @AuthenticationPrincipal AuditReader reader) {
        if (reader.tenant() != null) {
            throw Problem.forbidden("The log holds the events of all tenants.");
        }
        var wanted = TilePath.parse(path).orElseThrow(TlogController::noSuchTile);
        return log.leaves(wanted.index() * TileAddress.WIDTH, wanted.width())
                .filter(leaves -> leaves.size() == wanted.width())
                .map(leaves -> bytes(EntryBundle.encode(leaves), cacheForEver().cachePrivate()))
                .switchIfEmpty(Mono.error(TlogController::noSuchTile));
    }

    private static CacheControl cacheForEver() {
        return CacheControl.maxAge(FOR_EVER).immutable();
    }

    private static ResponseEntity<byte[]> bytes(byte[] body, CacheControl caching) {
        return ResponseEntity.ok()
                .cacheControl(caching)
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(body);
    }

    private static Problem noSuchTile() {
        return Problem.notFound("The log has no such tile.");
    }
}

package io.latchkey.audit.ingest;

import io.latchkey.audit.tlog.Checkpoint;
import io.latchkey.audit.tlog.MissingHashException;
import io.latchkey.audit.tlog.SignedNote;
import io.latchkey.audit.tlog.SignerKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Signs what the log has become since the last time, keeps it, and gives it away. What it signs
 * begins with what it signed before: a log of which that is not true is reported, and not signed.
 */
@Service
public final class SignCheckpoint {
    private static final Logger log = LoggerFactory.getLogger(SignCheckpoint.class);

    private final SignerKey key;
    private final CheckpointRelay relay;
    private final IngestMetrics metrics;

    /** Of the appender's thread alone. */
    private final Map<SignedCheckpoint, Future<?>> underWay = new HashMap<>();

    public SignCheckpoint(SignerKey key, CheckpointRelay relay, IngestMetrics metrics) {
        this.key = key;
        this.relay = relay;
        this.metrics = metrics;
    }

    /** Signs nothing where nothing is new. Does not wait for what it gives away. */
    public void sign(AppendSession session) {
        var last = session.lastCheckpoint();
        var head = session.head();
        var isNew = last.isEmpty() || last.get().head().size() < head.size() || !isOurs(last.get());
        if (continues(session, last) && isNew) {
            var text = new Checkpoint(key.verifierKey().name(), head.size(), head.root()).text();
            session.keep(new SignedCheckpoint(head, key.sign(text).toString()));
        }
        session.unpublished().forEach(checkpoint -> giveAway(session, checkpoint));
    }

    /** Once the key is another one, what is shown is to be signed by that. */
    private boolean isOurs(SignedCheckpoint checkpoint) {
        return SignedNote.parse(checkpoint.note()).textSignedBy(key.verifierKey()).isPresent();
    }

    private boolean continues(AppendSession session, Optional<SignedCheckpoint> last) {
        var whole = last.isEmpty() || isStillThere(session, last.get());
        metrics.logIsWhole(whole);
        return whole;
    }

    private static boolean isStillThere(AppendSession session, SignedCheckpoint last) {
        try {
            if (last.head().size() <= session.head().size()
                    && session.headAt(last.head().size()).equals(last.head())) {
                return true;
            }
            log.atError()
                    .addKeyValue("size", last.head().size())
                    .log("the log does not begin with what was signed: it was changed");
        } catch (MissingHashException e) {
            log.atError()
                    .addKeyValue("size", last.head().size())
                    .addKeyValue("tile", e.tile().path())
                    .log("the log lacks a tile that it had: it was changed");
        }
        return false;
    }

    private void giveAway(AppendSession session, SignedCheckpoint checkpoint) {
        var begun = underWay.get(checkpoint);
        if (begun == null) {
            underWay.put(checkpoint, begin(checkpoint));
        } else if (begun.isDone()) {
            underWay.remove(checkpoint);
            if (isGivenAway(checkpoint, begun)) {
                session.setPublished(checkpoint);
            }
        }
    }

    private Future<?> begin(SignedCheckpoint checkpoint) {
        var task = new FutureTask<>(() -> relay.publish(checkpoint), true);
        Thread.ofVirtual().name("audit-checkpoint").start(task);
        return task;
    }

    private static boolean isGivenAway(SignedCheckpoint checkpoint, Future<?> done) {
        if (done.state() != Future.State.SUCCESS) {
            log.atWarn()
                    .addKeyValue("size", checkpoint.head().size())
                    .addKeyValue("error", String.valueOf(done.exceptionNow()))
                    .log("a checkpoint is not published yet: trying again");
            return false;
        }
        log.atInfo()
                .addKeyValue("size", checkpoint.head().size())
                .addKeyValue("root", checkpoint.head().root())
                .log("checkpoint");
        return true;
    }
}

package io.latchkey.benchmarks.ledger;

import io.latchkey.benchmarks.Report;
import io.latchkey.benchmarks.stack.Servers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The ledger beside the audit trail, and the trail beside Kafka. */
final class Comparison {
    private static final Duration CATCHING_UP = Duration.ofMinutes(3);
    private final Servers servers;
    private final URI auditNode;
    private final Report report;

    Comparison(Servers servers, URI auditNode, Report report) {
        this.servers = servers;
        this.auditNode = auditNode;
        this.report = report;
    }

    private record Found(Trail trail, Map<String, String> published) {
        /** What is in Kafka alone. */
        Set<String> missing() {
            var missing = new HashSet<>(published.keySet());
            missing.removeAll(trail.events().keySet());
            return missing;
        }

        /** What is in the trail alone. */
        Set<String> unpublished() {
            var more = new HashSet<>(trail.events().keySet());
            more.removeAll(published.keySet());
            return more;
        }

        int count(String type) {
            return trail.types().getOrDefault(type, 0);
        }

        boolean agrees(Ledger ledger) {
            return ledger.types().stream().allMatch(type -> ledger.agrees(type, count(type)))
                    && trail.linksWithoutEnd() == 0
                    && missing().isEmpty()
                    && unpublished().isEmpty();
        }
    }

    /** Waits for what comes late: orders whose worker was killed are mailed again after a while. */
    boolean agrees(Ledger ledger) throws Exception {
        var end = System.nanoTime() + CATCHING_UP.toNanos();
        var found = find();
        while (System.nanoTime() < end && !found.agrees(ledger)) {
            TimeUnit.SECONDS.sleep(5);
            found = find();
        }
        report(ledger, found);
        return isVerified() && found.agrees(ledger);
    }

    private Found find() throws IOException, InterruptedException {
        var token = servers.secret("LATCHKEY_AUDIT_TOKEN");
        var export = auditNode.resolve("/api/v1/audit/export?format=ndjson");
        // Kafka afterwards: it has everything that the trail has.
        var trail = Trail.read(export, token);
        return new Found(trail, Published.read(servers.bootstrapServers()));
    }

    private void report(Ledger ledger, Found found) {
        for (var type : ledger.types()) {
            var most = ledger.count(type) + ledger.perhapsMore(type);
            report.line(
                    String.format(
                            Locale.ROOT,
                            "%-22s ledger %6d%s  trail %6d  %s",
                            type,
                            ledger.count(type),
                            ledger.perhapsMore(type) == 0 ? "" : " to " + most,
                            found.count(type),
                            ledger.agrees(type, found.count(type)) ? "=" : "DIFFERS"));
        }
        report.line(
                "links: mailed "
                        + found.trail().mailedLinks()
                        + ", used or revoked before a dead worker's mail was told of "
                        + found.trail().endedBeforeItWasSaid()
                        + ", without an end "
                        + found.trail().linksWithoutEnd());
        report.line(
                "events on Kafka "
                        + found.published().size()
                        + ", of them not in the trail "
                        + found.missing().size()
                        + "; in the trail alone "
                        + found.unpublished().size());
        report.line("all types: " + found.trail().types());
    }

    /** By the command that anybody would use. */
    private boolean isVerified() throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Nodes.jar("audit-consumer"),
                        "verify",
                        "--url=" + auditNode);
        builder.environment().put("LATCHKEY_AUDIT_TOKEN", servers.secret("LATCHKEY_AUDIT_TOKEN"));
        return builder.inheritIO().start().waitFor() == 0;
    }
}

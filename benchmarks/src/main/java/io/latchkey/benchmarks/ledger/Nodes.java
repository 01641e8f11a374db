package io.latchkey.benchmarks.ledger;

import io.latchkey.benchmarks.stack.Servers;
import io.latchkey.benchmarks.stack.ServiceProcess;
import io.latchkey.benchmarks.stack.WorkerProcess;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Two nodes of auth-api, three workers, two audit-consumers, of which any may be killed. */
final class Nodes implements AutoCloseable {
    private static final int AUTH = 18_080;
    private static final int AUDIT = 18_082;
    private static final int NODES = 2;
    private static final int WORKERS = 3;
    private static final int STEP = 100;

    private final Servers servers;
    private final int relayPort;
    private final List<ServiceProcess> auth = new ArrayList<>();
    private final List<ServiceProcess> audit = new ArrayList<>();
    private final List<WorkerProcess> workers = new ArrayList<>();
    private final Map<String, Integer> kills = new TreeMap<>();

    Nodes(Servers servers, int relayPort) {
        this.servers = servers;
        this.relayPort = relayPort;
    }

    /** Returns when all are ready. */
    void start() throws IOException, InterruptedException {
        for (int i = 0; i < NODES; i++) {
            auth.add(authApi(i));
            auth.get(i).awaitReady();
            audit.add(auditConsumer(i));
            audit.get(i).awaitReady();
        }
        for (int i = 0; i < WORKERS; i++) {
            workers.add(worker());
        }
        for (var worker : workers) {
            worker.awaitReady();
        }
    }

    private ServiceProcess authApi(int node) throws IOException {
        return servers.authApi(jar("auth-api"), AUTH + node * STEP, AUTH);
    }

    private ServiceProcess auditConsumer(int node) throws IOException {
        return servers.auditConsumer(jar("audit-consumer"), AUDIT + node * STEP, AUTH);
    }

    private WorkerProcess worker() throws IOException {
        return servers.worker(jar("mail-worker"), relayPort);
    }

    static String jar(String service) {
        return "%1$s/target/%1$s-0.1.0-SNAPSHOT-exec.jar".formatted(service);
    }

    List<URI> authNodes() {
        return auth.stream().map(node -> node.at("/")).toList();
    }

    URI auditNode() {
        return audit.getFirst().at("/");
    }

    void awaitAuditNodes() throws InterruptedException {
        for (var node : audit) {
            node.awaitReady();
        }
    }

    /** As {@code kill -9}; another takes its place at once. */
    void killOne(Random random) throws IOException, InterruptedException {
        var which = random.nextInt(NODES + NODES + WORKERS);
        if (which < NODES) {
            auth.get(which).kill();
            auth.set(which, authApi(which));
            kills.merge("auth-api", 1, Integer::sum);
        } else if (which < NODES + NODES) {
            var node = which - NODES;
            audit.get(node).kill();
            audit.set(node, auditConsumer(node));
            kills.merge("audit-consumer", 1, Integer::sum);
        } else {
            var worker = which - NODES - NODES;
            workers.get(worker).kill();
            workers.set(worker, worker());
            kills.merge("mail-worker", 1, Integer::sum);
        }
    }

    Map<String, Integer> kills() {
        return kills;
    }

    @Override
    public void close() {
        workers.forEach(WorkerProcess::close);
        auth.forEach(ServiceProcess::close);
        audit.forEach(ServiceProcess::close);
    }
}

package io.latchkey.mail;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.subethamail.smtp.server.SMTPServer;

/** A real SMTP server that takes everything. Can be stopped, and started again on its port. */
public final class TestRelay {
    /** A mail as it was received. */
    public record Received(String from, String to, String raw) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Runnable beforeTaking = () -> {};
    private SMTPServer server;
    private int port;

    public TestRelay() {
        start();
    }

    public void start() {
        server =
                SMTPServer.port(port)
                        .bindAddress(InetAddress.getLoopbackAddress())
                        .messageHandler((_, from, to, data) -> take(from, to, data))
                        .build();
        server.start();
        port = server.getPortAllocated();
    }

    private void take(String from, String to, byte[] data) {
        received.add(new Received(from, to, new String(data, StandardCharsets.UTF_8)));
        beforeTaking.run();
    }

    /** What happens while a worker waits for the answer to its data. */
    public void beforeTaking(Runnable event) {
        beforeTaking = event;
    }

    public void stop() {
        server.stop();
    }

    public int port() {
        return port;
    }

    public List<Received> received() {
        return received;
    }

    public List<Received> receivedBy(String address) {
        return received.stream().filter(mail -> mail.to().equals(address)).toList();
    }
}

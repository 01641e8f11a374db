package io.latchkey.standalone;

import io.latchkey.standalone.inbox.Inbox;
import java.net.InetAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.subethamail.smtp.server.SMTPServer;

/** A mail relay on loopback that puts whatever it is given into the inbox. */
final class EmbeddedSmtp implements AutoCloseable {
    private static final int MAX_MESSAGE_BYTES = 10 * 1024 * 1024;

    private final SMTPServer server;
    private final ExecutorService sessions;

    private EmbeddedSmtp(SMTPServer server, ExecutorService sessions) {
        this.server = server;
        this.sessions = sessions;
    }

    /**
     * Answers 250 once the inbox has the mail.
     *
     * @param port 1 to 65535
     */
    static EmbeddedSmtp start(int port, Inbox inbox) {
        var sessions = Executors.newVirtualThreadPerTaskExecutor();
        var server =
                SMTPServer.port(port)
                        .bindAddress(InetAddress.getLoopbackAddress())
                        .hostName("localhost")
                        .softwareName("Latchkey")
                        .maxMessageSize(MAX_MESSAGE_BYTES)
                        // The inbox shows a mail byte for byte as it was sent.
                        .insertReceivedHeaders(false)
                        .executorService(sessions)
                        .messageHandler(
                                (context, sender, recipient, message) ->
                                        inbox.receive(recipient, message))
                        .build();
        server.start();
        return new EmbeddedSmtp(server, sessions);
    }

    int port() {
        return server.getPortAllocated();
    }

    @Override
    public void close() {
        server.stop();
        sessions.close();
    }
}

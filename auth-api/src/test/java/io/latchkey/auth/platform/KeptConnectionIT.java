package io.latchkey.auth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.RunningAuthApi;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A connection that is kept answers on, however soon its next request came. */
class KeptConnectionIT {
    private static final String LATER = "/sign-in";
    private static final String AT_ONCE = "/css/latchkey.css";
    private static final int MILLIS = 10_000;
    private final RunningAuthApi api = RunningAuthApi.get();

    private static void send(Socket socket, String... paths) throws IOException {
        var requests = new StringBuilder();
        for (var path : paths) {
            requests.append("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Of a request for the head alone: it ends with an empty line. */
    private static String answer(Socket socket) throws IOException {
        var answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            var read = socket.getInputStream().read();
            assertThat(read).isNotNegative();
            answer.append((char) read);
        }
        return answer.toString();
    }

    @Test
    void afterARequestThatCameBeforeTheAnswerToTheFirst() throws IOException {
        var url = URI.create(api.url());
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(MILLIS);
            send(socket, LATER, AT_ONCE);
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");

            send(socket, AT_ONCE);
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");
        }
    }
}

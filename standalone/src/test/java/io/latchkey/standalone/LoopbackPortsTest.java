package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.standalone.LoopbackPorts.Listener;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopbackPortsTest {
    @Test
    void zeroIsAnyFreePortAndNoTwoAreTheSame() {
        var chosen = LoopbackPorts.choose(Map.of(Listener.AUTH_API, 0, Listener.INBOX, 0));

        assertThat(chosen.values()).doesNotContain(0).doesNotHaveDuplicates();
    }

    @Test
    void aTakenPortIsNamedWithTheSettingThatMovesIt() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = taken.getLocalPort();

            assertThatThrownBy(() -> LoopbackPorts.choose(Map.of(Listener.INBOX, port)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("port " + port + " of the inbox is taken")
                    .hasMessageContaining("LATCHKEY_INBOX_PORT");
        }
    }

    @Test
    void anEmbeddedPartKeepsItsPortWhileItIsFree(@TempDir Path directory) throws Exception {
        try (var home = Home.open(directory)) {
            var first = LoopbackPorts.keep(NamedValues.read(home, "ports"), "PORT", 21_000);
            var second = LoopbackPorts.keep(NamedValues.read(home, "ports"), "PORT", 21_000);
            try (var _ = new ServerSocket(second, 1, InetAddress.getLoopbackAddress())) {
                var third = LoopbackPorts.keep(NamedValues.read(home, "ports"), "PORT", 21_000);

                assertThat(second).isEqualTo(first);
                assertThat(third).isNotEqualTo(second).isPositive();
            }
        }
    }

    @Test
    void aPortThatAnotherProcessIsAboutToListenOnIsNotChosen(@TempDir Path directory)
            throws Exception {
        var holder =
                Files.writeString(
                        directory.resolve("Holder.java"),
                        """
                        import java.nio.channels.*;
                        import java.nio.file.*;
                        class Holder {
                            public static void main(String[] file) throws Exception {
                                var channel = FileChannel.open(Path.of(file[0]),
                                        StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                                channel.lock();
                                System.out.println("held");
                                System.in.read();
                            }
                        }
                        """);
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                holder.toString(),
                                PortReservation.file(22_000).toString())
                        .start();
        try (var home = Home.open(directory.resolve("home"));
                var said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("held");

            assertThat(LoopbackPorts.keep(NamedValues.read(home, "ports"), "PORT", 22_000))
                    .isEqualTo(22_010);
        } finally {
            process.destroy();
        }
    }
}

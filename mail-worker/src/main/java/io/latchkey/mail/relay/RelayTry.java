package io.latchkey.mail.relay;

import java.time.Duration;

/**
 * One relay's part in handing a mail over.
 *
 * @param relay its name
 */
public record RelayTry(String relay, RelayReply reply, Duration took) {
    boolean isEnd() {
        return !(reply instanceof RelayReply.Failed failed) || !failed.mayTryAnother();
    }
}

package io.latchkey.auth.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.AppId;
import io.latchkey.events.LinkId;
import io.latchkey.events.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinkTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private boolean suppressed;
    private boolean expired;
    private boolean failed;
    private @Nullable Instant mailedAt;
    private @Nullable Instant confirmedAt;
    private @Nullable Instant exchangedAt;
    private @Nullable Instant revokedAt;
    private @Nullable String userAgent;
    private @Nullable String askedBy;

    @Test
    void whatHappenedLastSaysHowItStands() {
        assertThat(link().status()).isEqualTo(LinkStatus.ACCEPTED);
        failed = true;
        assertThat(link().status()).isEqualTo(LinkStatus.FAILED);
        failed = false;
        mailedAt = NOW;
        assertThat(link().status()).isEqualTo(LinkStatus.MAILED);
        expired = true;
        assertThat(link().status()).isEqualTo(LinkStatus.EXPIRED);
        confirmedAt = NOW;
        assertThat(link().status()).isEqualTo(LinkStatus.CONFIRMED);
        exchangedAt = NOW;
        assertThat(link().status()).isEqualTo(LinkStatus.EXCHANGED);
    }

    @Test
    void aRevokedLinkIsRevokedWhateverElseItIs() {
        revokedAt = NOW;
        mailedAt = NOW;
        expired = true;
        failed = true;
        confirmedAt = NOW;

        assertThat(link().status()).isEqualTo(LinkStatus.REVOKED);
    }

    @Test
    void aSuppressedLinkIsNeverAlive() {
        suppressed = true;

        assertThat(link().status()).isEqualTo(LinkStatus.SUPPRESSED);
        assertThat(link().alive()).isFalse();
    }

    @Test
    void aFailedLinkWorksUntilItsEnd() {
        failed = true;
        assertThat(link().alive()).isTrue();

        expired = true;
        assertThat(link().alive()).isFalse();
    }

    @Test
    void theAskingBrowserIsKnownByItsUserAgent() {
        userAgent = "Browser/1";

        assertThat(link().askedFrom(visitor("Browser/1"))).isTrue();
        assertThat(link().askedFrom(visitor("Browser/2"))).isFalse();
        assertThat(link().askedFrom(visitor(null))).isFalse();
    }

    @Test
    void nobodyCanTellWhereTheAppGaveNoUserAgent() {
        assertThat(link().askedFrom(visitor("Browser/1"))).isNull();
    }

    @Test
    void aLongUserAgentIsComparedByWhatIsKept() {
        userAgent = "x".repeat(512);

        assertThat(link().askedFrom(visitor("x".repeat(600)))).isTrue();
    }

    @Test
    void theBrowserThatAskedOnAPageIsKnownByItsCookieAlone() {
        userAgent = "Browser/1";
        askedBy = "browser";

        assertThat(link().askedFrom(visitor("Browser/2"))).isTrue();
        askedBy = "another";
        assertThat(link().askedFrom(visitor("Browser/1"))).isFalse();
    }

    private static Visitor visitor(@Nullable String userAgent) {
        return new Visitor("request", "203.0.113.7", userAgent, "browser");
    }

    private Link link() {
        return new Link(
                LinkId.next(),
                AppId.next(),
                "default",
                new Subject("A".repeat(43)),
                "a***@example.com",
                "k001",
                "https://app.example/",
                null,
                null,
                null,
                userAgent,
                askedBy,
                suppressed,
                expired,
                false,
                NOW,
                NOW,
                new Link.MailState("queued", 0, null, mailedAt, failed),
                confirmedAt,
                null,
                exchangedAt,
                revokedAt);
    }
}

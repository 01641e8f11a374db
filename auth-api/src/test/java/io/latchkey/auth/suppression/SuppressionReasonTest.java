package io.latchkey.auth.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.EventContext;
import io.latchkey.events.FailureClass;
import io.latchkey.events.MailBounced;
import io.latchkey.events.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuppressionReasonTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"5.0.0", "5.1.1", "5.1.2", "5.1.10", "5.2.1"})
    void aMailboxThatIsNotThereIsAHardBounce(@Nullable String status) {
        assertThat(SuppressionReason.of(bounce(FailureClass.PERMANENT, status, "hard_bounce")))
                .contains(SuppressionReason.HARD_BOUNCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5.1.7", "5.1.8", "5.2.2", "5.2.10", "5.3.4", "5.4.4", "5.5.0", "5.6.0", "5.7.0",
                "5.7.26"
            })
    void whatIsAboutOneMailSuppressesNoOther(String status) {
        assertThat(SuppressionReason.of(bounce(FailureClass.PERMANENT, status, "hard_bounce")))
                .isEmpty();
    }

    @Test
    void whatIsTransientSuppressesNothing() {
        assertThat(SuppressionReason.of(bounce(FailureClass.TRANSIENT, "4.2.1", "soft_bounce")))
                .isEmpty();
    }

    @Test
    void aComplaintSuppressesWhateverItsStatus() {
        assertThat(SuppressionReason.of(bounce(FailureClass.PERMANENT, "5.7.1", "complaint")))
                .contains(SuppressionReason.COMPLAINT);
    }

    private static MailBounced bounce(
            FailureClass failureClass, @Nullable String status, String reason) {
        var context = EventContext.of(null, null, null).withOutcome(Outcome.FAILURE, reason);
        return new MailBounced(context, 1, failureClass, status);
    }
}

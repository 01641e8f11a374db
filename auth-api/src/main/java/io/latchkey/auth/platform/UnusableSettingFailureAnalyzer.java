package io.latchkey.auth.platform;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one line which setting is missing or wrong, instead of a stack trace. */
final class UnusableSettingFailureAnalyzer
        extends AbstractFailureAnalyzer<UnusableSettingException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableSettingException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()), "Correct the setting and start again.", cause);
    }
}

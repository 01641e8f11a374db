package io.latchkey.audit.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.audit.AuditConsumerApplication;
import io.latchkey.audit.AuditProcess;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.BeansException;
import org.springframework.core.NestedExceptionUtils;

/**
 * A setting that is missing or wrong is named, although nothing of what it connects to is there.
 */
class RequiredSettingsTest {
    private static final List<String> GOOD =
            List.of(
                    "--spring.r2dbc.url=r2dbc:postgresql://localhost:1/latchkey",
                    "--spring.kafka.bootstrap-servers=localhost:1",
                    "--spring.r2dbc.username=latchkey_audit",
                    "--latchkey.audit-token=audit-token-of-the-tests",
                    "--latchkey.subject-key=a2V5LWtleS1rZXkta2V5LWtleS1rZXkta2V5LWtleS0",
                    "--latchkey.checkpoint.key=" + AuditProcess.CHECKPOINT_KEY,
                    "--latchkey.issuer-url=http://localhost:8080");

    @ParameterizedTest
    @CsvSource({
        "latchkey.audit-token,          LATCHKEY_AUDIT_TOKEN",
        "latchkey.subject-key,          LATCHKEY_SUBJECT_KEY",
        "latchkey.checkpoint.key,       LATCHKEY_CHECKPOINT_KEY",
        "spring.r2dbc.username,         SPRING_R2DBC_USERNAME"
    })
    void isNamed(String setting, String named) {
        var settings =
                GOOD.stream()
                        .map(each -> each.startsWith("--" + setting) ? "--" + setting + "=" : each)
                        .toArray(String[]::new);
        assertThatThrownBy(() -> AuditConsumerApplication.application().run(settings))
                .as("before there is any bean")
                .isNotInstanceOf(BeansException.class)
                .extracting(NestedExceptionUtils::getMostSpecificCause)
                .asInstanceOf(InstanceOfAssertFactories.type(UnusableSettingException.class))
                .satisfies(cause -> assertThat(cause).hasMessageContaining(named));
    }
}

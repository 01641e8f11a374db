package io.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.latchkey.testing.ArchitectureRules;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
    private static final String BASE = "io.latchkey.auth";
    private static final String PLANTED = "io.latchkey.violations.auth";

    @TestFactory
    Stream<DynamicTest> keepsTheSharedRules() {
        return shared().tests();
    }

    @TestFactory
    Stream<DynamicTest> keepsItsOwnRules() {
        var classes = shared().classes();
        return AuthRules.of(BASE).stream()
                .map(
                        rule ->
                                DynamicTest.dynamicTest(
                                        rule.getDescription(), () -> rule.check(classes)));
    }

    /** Each rule of {@link AuthRules} by the beginning of its words, and who breaks it. */
    @Test
    void eachRuleOfItsOwnFailsOnWhatIsPlantedForIt() {
        var brokenBy =
                Map.of(
                        "problems", List.of("problem.KnowsALink"),
                        "the platform", List.of("platform.KnowsALink"),
                        "features", List.of("link.Link", "session.Session"),
                        "one edge", List.of("link.web.SkipsTheUseCase"),
                        "apps and tokens", List.of("token.KnowsASession"),
                        "the outbox", List.of("outbox.KnowsALink"));
        var planted = new ClassFileImporter().importPackages(PLANTED);

        assertThat(AuthRules.of(PLANTED))
                .hasSameSizeAs(brokenBy.keySet())
                .allSatisfy(
                        rule -> {
                            var culprits =
                                    brokenBy.entrySet().stream()
                                            .filter(
                                                    e ->
                                                            rule.getDescription()
                                                                    .startsWith(e.getKey()))
                                            .flatMap(e -> e.getValue().stream())
                                            .toList();
                            var report =
                                    String.join(
                                            "\n",
                                            rule.evaluate(planted).getFailureReport().getDetails());
                            assertThat(culprits).isNotEmpty();
                            assertThat(report).contains(culprits);
                        });
    }

    private static ArchitectureRules shared() {
        return ArchitectureRules.of(BASE).mayPrint("io.latchkey.auth.keys.KeysCommand");
    }
}

package io.latchkey.events;

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
    private static final String BASE = "io.latchkey.events";
    private static final String PLANTED = "io.latchkey.violations.events";

    @TestFactory
    Stream<DynamicTest> keepsTheSharedRules() {
        return ArchitectureRules.of(BASE).tests();
    }

    @TestFactory
    Stream<DynamicTest> keepsItsOwnRules() {
        var classes = ArchitectureRules.of(BASE).classes();
        return EventRules.of(BASE).stream()
                .map(
                        rule ->
                                DynamicTest.dynamicTest(
                                        rule.getDescription(), () -> rule.check(classes)));
    }

    /** Each rule of {@link EventRules} by the beginning of its words, and who breaks it. */
    @Test
    void eachRuleOfItsOwnFailsOnWhatIsPlantedForIt() {
        var brokenBy =
                Map.of(
                        "events know", List.of("KnowsTheWire"),
                        "the wire", List.of("wire.KnowsASecret"),
                        "only the wire", List.of("KnowsJackson"),
                        "events need", List.of("KnowsSpring"),
                        "secrets are", List.of("secret.ComparesBytes", "secret.ComparesText"));
        var planted = new ClassFileImporter().importPackages(PLANTED);

        assertThat(EventRules.of(PLANTED))
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
}

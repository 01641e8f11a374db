package io.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every shared rule is seen to fail: on what was planted for it, and on nothing else. */
class ArchitectureRulesTest {
    private static final String PLANTED = "io.latchkey.violations";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(PLANTED);

    /** By the beginning of a rule's description, the classes that break it. */
    private static final Map<String, Set<String>> BROKEN_BY =
            Map.of(
                    "time", Set.of("clock.ReadsTheClock", "clock.RefersToTheClock"),
                    "nothing", Set.of("printing.Prints"),
                    "letters", Set.of("letters.ChangesCase", "letters.RefersToACaseChange"),
                    "collaborators", Set.of("injection.InjectsAField"),
                    "packages have", Set.of("circle.one.One", "circle.other.Other"),
                    "every package", Set.of("unmarked.Unmarked"),
                    "packages are", Set.of("drawer.util.Drawer"),
                    "web", Set.of("link.UsesItsOwnEdge", "session.UsesAnothersEdge"),
                    "services", Set.of("stranger.UsesAnotherModule"));

    @TestFactory
    Stream<DynamicTest> aRuleFailsOnWhatIsPlantedForItAlone() {
        return ArchitectureRules.of(PLANTED).all().stream()
                .map(
                        rule ->
                                DynamicTest.dynamicTest(
                                        rule.getDescription(),
                                        () ->
                                                assertThat(
                                                                String.join(
                                                                        "\n",
                                                                        rule.evaluate(CLASSES)
                                                                                .getFailureReport()
                                                                                .getDetails()))
                                                        .contains(brokenBy(rule.getDescription()))
                                                        .doesNotContain(
                                                                notBrokenBy(
                                                                        rule.getDescription()))));
    }

    @Test
    void aPackageWithoutClassesIsRefused() {
        var rules = ArchitectureRules.of("io.latchkey.nowhere");

        assertThatThrownBy(rules::classes).hasMessageContaining("io.latchkey.nowhere");
    }

    @Test
    void aCommandMayPrint() {
        var printing =
                ArchitectureRules.of(PLANTED).mayPrint(PLANTED + ".printing.Prints").all().stream()
                        .filter(rule -> rule.getDescription().startsWith("nothing"))
                        .findFirst()
                        .orElseThrow();

        assertThat(printing.evaluate(CLASSES).hasViolation()).isFalse();
    }

    @Test
    void anExemptionOfNobodyIsRefused() {
        var rules = ArchitectureRules.of("io.latchkey.events").mayPrint("io.latchkey.events.Gone");

        assertThatThrownBy(rules::classes).hasMessage("no class io.latchkey.events.Gone");
    }

    private static Set<String> brokenBy(String rule) {
        return BROKEN_BY.entrySet().stream()
                .filter(e -> rule.startsWith(e.getKey()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is planted for: " + rule))
                .getValue();
    }

    private static Set<String> notBrokenBy(String rule) {
        var others = new java.util.HashSet<String>();
        BROKEN_BY.values().forEach(others::addAll);
        others.removeAll(brokenBy(rule));
        return others;
    }
}

package io.latchkey.auth;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.regex.Pattern;

/** Which way the imports of auth-api run, beyond what holds for every module. */
final class AuthRules {
    private static final Pattern EDGE = Pattern.compile(".*\\.(web|postgres|kafka)");

    private AuthRules() {}

    static List<ArchRule> of(String base) {
        return List.of(
                noClasses()
                        .that()
                        .resideInAPackage(base + ".problem..")
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage(base + "..")
                                        .and(resideOutsideOfPackages(base + ".problem..")))
                        .as("problems know no feature"),
                noClasses()
                        .that()
                        .resideInAPackage(base + ".platform..")
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage(base + "..")
                                        .and(
                                                resideOutsideOfPackages(
                                                        base + ".problem..", base + ".platform..")))
                        .as("the platform knows no feature"),
                slices().matching(base + ".(*)..")
                        .should()
                        .beFreeOfCycles()
                        .as("features have no cycles"),
                noClasses().should(new UseAnotherEdge()).as("one edge of a feature knows no other"),
                noClasses()
                        .that()
                        .resideInAnyPackage(base + ".app..", base + ".token..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                base + ".link..", base + ".session..", base + ".oauth..")
                        .as("apps and tokens know neither links nor sessions nor grants"),
                noClasses()
                        .that()
                        .resideInAnyPackage(base + ".outbox..")
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage(base + "..")
                                        .and(
                                                resideOutsideOfPackages(
                                                        base + ".outbox..",
                                                        base + ".problem..",
                                                        base + ".platform..")))
                        .as("the outbox carries events, whatever they are about"));
    }

    /** {@code web} that knows {@code postgres} would go round the use-cases. */
    private static final class UseAnotherEdge extends ArchCondition<JavaClass> {
        UseAnotherEdge() {
            super("use another edge");
        }

        @Override
        public void check(JavaClass javaClass, ConditionEvents events) {
            javaClass.getDirectDependenciesFromSelf().stream()
                    .filter(describe("between edges", UseAnotherEdge::isBetweenEdges))
                    .forEach(
                            dependency ->
                                    events.add(
                                            SimpleConditionEvent.satisfied(
                                                    javaClass, dependency.getDescription())));
        }

        private static boolean isBetweenEdges(Dependency dependency) {
            var user = dependency.getOriginClass().getPackageName();
            var used = dependency.getTargetClass().getPackageName();
            return used.startsWith("io.latchkey.")
                    && EDGE.matcher(user).matches()
                    && EDGE.matcher(used).matches()
                    && !user.equals(used);
        }
    }
}

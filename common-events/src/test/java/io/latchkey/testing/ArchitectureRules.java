package io.latchkey.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;

/**
 * What holds for the main code of every module. In a module:
 *
 * <pre>{@code
 * class ArchitectureTest {
 *     @TestFactory
 *     Stream<DynamicTest> keepsTheSharedRules() {
 *         return ArchitectureRules.of("io.latchkey.auth").tests();
 *     }
 * }
 * }</pre>
 *
 * <p>Rules of its own a module adds beside it, on {@link #classes()}.
 */
public final class ArchitectureRules {
    private static final String STANDALONE = "io.latchkey.standalone";
    private static final Set<String> EDGES =
            Set.of("web", "postgres", "kafka", "smtp", "sendgrid", "imap");
    private static final Pattern DRAWER =
            Pattern.compile(".*\\.(utils?|commons?|impl|dtos?|services?|helpers?|misc)(\\..*)?");
    private static final DescribedPredicate<JavaClass> NOTHING =
            describe("nothing", javaClass -> false);

    private final String base;
    private final Set<String> commands;

    private ArchitectureRules(String base, Set<String> commands) {
        this.base = base;
        this.commands = commands;
    }

    /**
     * @param base package of a module, such as {@code io.latchkey.auth}
     */
    public static ArchitectureRules of(String base) {
        return new ArchitectureRules(base, Set.of());
    }

    /**
     * The same rules, but that these classes write to standard output: commands, not services.
     *
     * @param commands full names, as they may be private to their package
     */
    public ArchitectureRules mayPrint(String... commands) {
        return new ArchitectureRules(base, Set.of(commands));
    }

    /** One test a rule. */
    public Stream<DynamicTest> tests() {
        var classes = classes();
        return all().stream()
                .map(
                        rule ->
                                DynamicTest.dynamicTest(
                                        rule.getDescription(), () -> rule.check(classes)));
    }

    /** The main classes of the module: none of its tests. */
    public JavaClasses classes() {
        var classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(base);
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("no classes in " + base);
        }
        commands.stream()
                .filter(command -> !classes.contain(command))
                .findFirst()
                .ifPresent(
                        command -> {
                            throw new IllegalArgumentException("no class " + command);
                        });
        return classes;
    }

    List<ArchRule> all() {
        return List.of(
                clocksAreInjected(),
                nothingIsPrinted(),
                lettersChangeCaseInANamedLocale(),
                nothingIsInjectedIntoFields(),
                packagesHaveNoCycles(),
                everyPackageIsNullMarked(),
                noPackageIsADrawer(),
                edgesBelongToTheirFeature(),
                modulesShareEventsOnly());
    }

    private ArchRule clocksAreInjected() {
        return noClasses()
                .should()
                .accessTargetWhere(
                        describe("the system's clock is read", ArchitectureRules::readsTheClock))
                .as("time comes from an injected InstantSource");
    }

    private static boolean readsTheClock(JavaAccess<?> access) {
        var target = access.getTarget();
        var owner = target.getOwner();
        var now =
                owner.getPackageName().equals(Instant.class.getPackageName())
                        && target.getName().equals("now")
                        && !takesAClock(access);
        var millis =
                owner.isEquivalentTo(System.class) && target.getName().equals("currentTimeMillis");
        var date = owner.isEquivalentTo(Date.class) && target.getFullName().endsWith("<init>()");
        return now || millis || date;
    }

    private static boolean takesAClock(JavaAccess<?> access) {
        return access.getTarget().getFullName().endsWith("(java.time.Clock)");
    }

    private ArchRule nothingIsPrinted() {
        return noClasses()
                .that(describe("are no commands", c -> !commands.contains(c.getName())))
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .as("nothing is printed: logs go through SLF4J");
    }

    private ArchRule lettersChangeCaseInANamedLocale() {
        return noClasses()
                .should()
                .accessTargetWhere(
                        describe(
                                "letters change case in the locale of the machine",
                                access ->
                                        access.getTarget()
                                                .getFullName()
                                                .matches(
                                                        "java\\.lang\\.String\\.to(Low|Upp)erCase\\(\\)")))
                .as("letters change case in a named Locale");
    }

    private ArchRule nothingIsInjectedIntoFields() {
        return ArchRuleDefinition.noFields()
                .should(GeneralCodingRules.BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION)
                .allowEmptyShould(true)
                .as("collaborators come by constructor, not into fields");
    }

    private ArchRule packagesHaveNoCycles() {
        return slices().assignedFrom(new EveryPackage())
                .should()
                .beFreeOfCycles()
                .as("packages have no cycles");
    }

    private ArchRule everyPackageIsNullMarked() {
        return ArchRuleDefinition.classes()
                .should(new BeNullMarked())
                .as("every package is @NullMarked");
    }

    private ArchRule noPackageIsADrawer() {
        return noClasses()
                .should(
                        ArchCondition.from(
                                describe(
                                        "reside in a drawer",
                                        c -> DRAWER.matcher(c.getPackageName()).matches())))
                .as("packages are named for a feature, not for a kind of class");
    }

    private ArchRule edgesBelongToTheirFeature() {
        return noClasses()
                .should(new UseAnEdgeFromOutside())
                .as(
                        "web, postgres, kafka, smtp, sendgrid, imap know their feature; nobody knows them");
    }

    private ArchRule modulesShareEventsOnly() {
        var others =
                base.equals(STANDALONE)
                        ? NOTHING
                        : resideInAPackage("io.latchkey..")
                                .and(
                                        resideOutsideOfPackages(
                                                base + "..",
                                                "io.latchkey.events..",
                                                "io.latchkey.rendering.."));
        return noClasses()
                .should()
                .dependOnClassesThat(others)
                .as("services share nothing but io.latchkey.events and io.latchkey.rendering");
    }

    private static final class EveryPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "every package";
        }
    }

    private static final class BeNullMarked extends ArchCondition<JavaClass> {
        BeNullMarked() {
            super("be in a package that is @NullMarked");
        }

        @Override
        public void check(JavaClass javaClass, ConditionEvents events) {
            var marked =
                    javaClass
                            .getPackage()
                            .tryGetPackageInfo()
                            .map(info -> info.isAnnotatedWith(NullMarked.class))
                            .orElse(false);
            events.add(
                    new SimpleConditionEvent(
                            javaClass,
                            marked,
                            javaClass.getName() + " is in a package without @NullMarked"));
        }
    }

    /**
     * An edge is a package named so below a feature; the same name right below the base is none.
     */
    private final class UseAnEdgeFromOutside extends ArchCondition<JavaClass> {
        UseAnEdgeFromOutside() {
            super("use an edge from outside");
        }

        @Override
        public void check(JavaClass javaClass, ConditionEvents events) {
            for (var dependency : javaClass.getDirectDependenciesFromSelf()) {
                events.add(
                        new SimpleConditionEvent(
                                javaClass, isForbidden(dependency), dependency.getDescription()));
            }
        }

        private boolean isForbidden(Dependency dependency) {
            var used = dependency.getTargetClass().getPackageName();
            var user = dependency.getOriginClass().getPackageName();
            return isEdge(used) && !(isEdge(user) && parent(used).equals(parent(user)));
        }

        private boolean isEdge(String name) {
            return name.startsWith(base + ".")
                    && parent(name).startsWith(base + ".")
                    && EDGES.contains(name.substring(name.lastIndexOf('.') + 1));
        }

        private String parent(String name) {
            return name.substring(0, name.lastIndexOf('.'));
        }
    }
}

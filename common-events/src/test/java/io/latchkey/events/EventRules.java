package io.latchkey.events;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What holds for the events and their secrets alone. */
final class EventRules {
    private static final String[] JACKSON = {"tools.jackson..", "com.fasterxml.jackson.."};

    /** Stop at the first difference, so their time tells where it is. */
    private static final Set<String> IMPATIENT =
            Set.of(
                    "equals",
                    "equalsIgnoreCase",
                    "contentEquals",
                    "deepEquals",
                    "compareTo",
                    "compare",
                    "mismatch",
                    "startsWith",
                    "regionMatches");

    private EventRules() {}

    static List<ArchRule> of(String base) {
        var wire = base + ".wire..";
        var secret = base + ".secret..";
        return List.of(
                noClasses()
                        .that()
                        .resideInAPackage(base)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(wire, secret)
                        .as("events know neither the wire nor the secrets"),
                noClasses()
                        .that()
                        .resideInAPackage(wire)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(secret)
                        .as("the wire knows no secret"),
                noClasses()
                        .that()
                        .resideOutsideOfPackage(wire)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(JACKSON)
                        .as("only the wire knows Jackson"),
                classes()
                        .should()
                        .onlyDependOnClassesThat(
                                resideInAnyPackage(
                                                base + "..",
                                                "java..",
                                                "javax.crypto..",
                                                "org.jspecify.annotations..",
                                                "com.ibm.icu..",
                                                "com.fasterxml.uuid..")
                                        .or(resideInAnyPackage(JACKSON))
                                        .or(describe("arrays", c -> c.isArray()))
                                        .or(describe("primitives", c -> c.isPrimitive())))
                        .as("events need the JDK, ICU, ids and Jackson, and nothing else"),
                noClasses()
                        .that()
                        .resideInAPackage(secret)
                        .should()
                        .accessTargetWhere(
                                describe(
                                        "bytes or texts are compared",
                                        EventRules::comparesImpatiently))
                        .as("secrets are compared in constant time"));
    }

    private static boolean comparesImpatiently(JavaAccess<?> access) {
        var owner = access.getTarget().getOwner();
        var comparer =
                owner.isEquivalentTo(String.class)
                        || owner.isEquivalentTo(Arrays.class)
                        || owner.isEquivalentTo(Objects.class);
        // Base64Url compares what it was given with its own other spelling: no secret of ours.
        return comparer
                && IMPATIENT.contains(access.getTarget().getName())
                && !access.getOriginOwner().getSimpleName().equals("Base64Url");
    }
}

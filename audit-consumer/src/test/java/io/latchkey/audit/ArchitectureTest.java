package io.latchkey.audit;

import io.latchkey.testing.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
    @TestFactory
    Stream<DynamicTest> keepsTheSharedRules() {
        return ArchitectureRules.of("io.latchkey.audit")
                .mayPrint(
                        "io.latchkey.audit.verify.VerifyCommand",
                        "io.latchkey.audit.verify.CheckpointKeyCommand")
                .tests();
    }
}

package io.latchkey.violations.stranger;

import io.latchkey.testing.TestDatabase;

record UsesAnotherModule(TestDatabase stranger) {}

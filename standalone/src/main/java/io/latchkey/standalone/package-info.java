/** Runs all three services in one JVM on embedded PostgreSQL, Kafka and SMTP. */
@NullMarked
package io.latchkey.standalone;

import org.jspecify.annotations.NullMarked;

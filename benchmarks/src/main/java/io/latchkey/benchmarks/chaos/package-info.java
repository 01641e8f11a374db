/** What remains of the books when workers, relay and broker go away amid the load. */
@NullMarked
package io.latchkey.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;

/** Whether the audit trail holds exactly what was done, whatever was killed meanwhile. */
@NullMarked
package io.latchkey.benchmarks.ledger;

import org.jspecify.annotations.NullMarked;

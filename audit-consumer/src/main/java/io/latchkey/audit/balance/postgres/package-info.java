/** Counts the accounts of links. */
@NullMarked
package io.latchkey.audit.balance.postgres;

import org.jspecify.annotations.NullMarked;

/** The books: what became of every link that was accepted. */
@NullMarked
package io.latchkey.audit.balance;

import org.jspecify.annotations.NullMarked;

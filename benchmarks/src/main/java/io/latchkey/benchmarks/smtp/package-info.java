/** The relay that measured workers hand mails to. */
@NullMarked
package io.latchkey.benchmarks.smtp;

import org.jspecify.annotations.NullMarked;

/**
 * The transparency log's arithmetic: tree, tiles, proofs, notes and checkpoints. Knows neither
 * Spring nor a database, so that anybody can check a log with it.
 */
@NullMarked
package io.latchkey.audit.tlog;

import org.jspecify.annotations.NullMarked;

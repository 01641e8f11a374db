/** The audit queries over HTTP. */
@NullMarked
package io.latchkey.audit.query.web;

import org.jspecify.annotations.NullMarked;

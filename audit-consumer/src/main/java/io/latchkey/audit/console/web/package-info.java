/** The console's pages over HTTP. */
@NullMarked
package io.latchkey.audit.console.web;

import org.jspecify.annotations.NullMarked;

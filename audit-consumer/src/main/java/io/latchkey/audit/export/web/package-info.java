/** Exports over HTTP. */
@NullMarked
package io.latchkey.audit.export.web;

import org.jspecify.annotations.NullMarked;

/** The live trail over HTTP. */
@NullMarked
package io.latchkey.audit.stream.web;

import org.jspecify.annotations.NullMarked;

/** Sees who reads over HTTP. */
@NullMarked
package io.latchkey.audit.reading.web;

import org.jspecify.annotations.NullMarked;

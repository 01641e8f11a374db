/** The transparency log over HTTP, as other people's tools read it. */
@NullMarked
package io.latchkey.audit.tlog.web;

import org.jspecify.annotations.NullMarked;

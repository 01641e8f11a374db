/** Dead letters over HTTP. */
@NullMarked
package io.latchkey.mail.deadletter.web;

import org.jspecify.annotations.NullMarked;

/** Mails to look at, over HTTP. */
@NullMarked
package io.latchkey.auth.mail.web;

import org.jspecify.annotations.NullMarked;

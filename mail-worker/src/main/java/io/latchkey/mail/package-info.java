/** Delivers the mails that auth-api orders. */
@NullMarked
package io.latchkey.mail;

import org.jspecify.annotations.NullMarked;

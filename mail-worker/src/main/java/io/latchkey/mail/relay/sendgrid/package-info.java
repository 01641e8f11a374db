/** A relay by way of SendGrid's API. */
@NullMarked
package io.latchkey.mail.relay.sendgrid;

import org.jspecify.annotations.NullMarked;

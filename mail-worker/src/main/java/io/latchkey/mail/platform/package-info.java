/** What the process needs around its features: settings, clock, security, errors over HTTP. */
@NullMarked
package io.latchkey.mail.platform;

import org.jspecify.annotations.NullMarked;

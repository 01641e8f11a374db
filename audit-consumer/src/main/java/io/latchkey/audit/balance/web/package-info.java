/** The books over HTTP. */
@NullMarked
package io.latchkey.audit.balance.web;

import org.jspecify.annotations.NullMarked;

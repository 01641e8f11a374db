/** The inbox over HTTP: a page, and JSON in Mailpit's shape. */
@NullMarked
package io.latchkey.standalone.inbox.web;

import org.jspecify.annotations.NullMarked;

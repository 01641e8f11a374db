/** Signs people in: links, sessions, tokens and the pages they see. */
@NullMarked
package io.latchkey.auth;

import org.jspecify.annotations.NullMarked;

/** Apps: the OAuth clients, and what they may do. */
@NullMarked
package io.latchkey.auth.app;

import org.jspecify.annotations.NullMarked;

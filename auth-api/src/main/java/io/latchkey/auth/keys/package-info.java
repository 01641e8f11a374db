/** Commands about the key ring. */
@NullMarked
package io.latchkey.auth.keys;

import org.jspecify.annotations.NullMarked;

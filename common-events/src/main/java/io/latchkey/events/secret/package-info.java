/**
 * How every secret that signs somebody in is derived from the key ring, and checked in constant
 * time: none is ever stored.
 */
@NullMarked
package io.latchkey.events.secret;

import org.jspecify.annotations.NullMarked;

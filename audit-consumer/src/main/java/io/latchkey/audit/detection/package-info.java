/** Rules that look for what a person should look at. */
@NullMarked
package io.latchkey.audit.detection;

import org.jspecify.annotations.NullMarked;

/** How every page of ours is made: layout, language, branding, and the headers that guard it. */
@NullMarked
package io.latchkey.auth.pages;

import org.jspecify.annotations.NullMarked;

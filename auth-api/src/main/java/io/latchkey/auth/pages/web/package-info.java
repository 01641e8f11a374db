/** What pages load besides themselves. */
@NullMarked
package io.latchkey.auth.pages.web;

import org.jspecify.annotations.NullMarked;

/** Links over HTTP: the API of the apps, and the page that is mailed. */
@NullMarked
package io.latchkey.auth.link.web;

import org.jspecify.annotations.NullMarked;

package io.latchkey.standalone.inbox;

import java.nio.file.Path;

/**
 * What the first page tells a newcomer to try.
 *
 * @param keysFile holds the demo app's credentials; the page names the file and shows none of them
 * @param redirectUri where the demo app would listen
 */
public record Tour(Path keysFile, String authUrl, String auditUrl, String redirectUri) {}

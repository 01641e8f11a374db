package io.latchkey.events;

/**
 * The app as its mail names it.
 *
 * @param name as people know it
 * @param templateVersion which of the app's templates is meant; 0 for the built-in one
 */
public record MailApp(String name, MailBranding branding, int templateVersion) {}

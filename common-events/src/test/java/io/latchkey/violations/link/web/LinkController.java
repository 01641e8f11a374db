package io.latchkey.violations.link.web;

/** Private to its feature, were it not used from elsewhere. */
public final class LinkController {}

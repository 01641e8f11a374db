package io.latchkey.auth.signin.web;

import io.latchkey.auth.app.App;
import io.latchkey.auth.link.Link;

/** What a browser waits for, and for which app. */
record Waiting(Link link, App app) {}

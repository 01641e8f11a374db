package io.latchkey.violations.session;

import io.latchkey.violations.link.web.LinkController;

record UsesAnothersEdge(LinkController edge) {}

package io.latchkey.violations.link;

import io.latchkey.violations.link.web.LinkController;

record UsesItsOwnEdge(LinkController edge) {}

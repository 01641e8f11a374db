package io.latchkey.violations.events;

import io.latchkey.violations.events.wire.Wire;

record KnowsTheWire(Wire wire) {}

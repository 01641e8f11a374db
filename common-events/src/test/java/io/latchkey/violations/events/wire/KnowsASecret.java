package io.latchkey.violations.events.wire;

import io.latchkey.violations.events.secret.ComparesBytes;

record KnowsASecret(ComparesBytes secret) {}

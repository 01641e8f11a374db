package io.latchkey.violations.events;

import tools.jackson.databind.JsonNode;

record KnowsJackson(JsonNode json) {}

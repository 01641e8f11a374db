package io.latchkey.violations.events;

import org.springframework.context.ApplicationContext;

record KnowsSpring(ApplicationContext context) {}

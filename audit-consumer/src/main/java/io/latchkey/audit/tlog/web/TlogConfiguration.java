package io.latchkey.audit.tlog.web;

import io.latchkey.audit.tlog.LogStore;
import io.latchkey.audit.tlog.ProveInclusion;
import io.latchkey.audit.tlog.SignerKey;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The log's root knows no Spring. */
@Configuration(proxyBeanMethods = false)
class TlogConfiguration {
    @Bean
    ProveInclusion proveInclusion(LogStore log, SignerKey key) {
        return new ProveInclusion(log, key.verifierKey());
    }
}

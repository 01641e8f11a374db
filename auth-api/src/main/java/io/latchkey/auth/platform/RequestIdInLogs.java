package io.latchkey.auth.platform;

import io.latchkey.auth.problem.RequestId;
import io.micrometer.context.ContextRegistry;
import jakarta.annotation.PostConstruct;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** Carries the request id from the Reactor context into every log line of that request. */
@Component
class RequestIdInLogs {
    @PostConstruct
    void register() {
        ContextRegistry.getInstance()
                .registerThreadLocalAccessor(
                        RequestId.KEY,
                        () -> MDC.get(RequestId.KEY),
                        id -> MDC.put(RequestId.KEY, id),
                        () -> MDC.remove(RequestId.KEY));
    }
}

package io.latchkey.audit.balance.web;

import io.latchkey.audit.balance.Balance;
import io.latchkey.audit.balance.BalanceStore;
import io.latchkey.audit.platform.AuditReader;
import io.latchkey.audit.problem.QueryParameters;
import java.util.Set;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The books, of a reader's tenant or of all. */
@RestController
class BalanceController {
    private final BalanceStore accounts;

    BalanceController(BalanceStore accounts) {
        this.accounts = accounts;
    }

    /** {@code GET /api/v1/audit/balance}: of the links accepted {@code from}, before {@code to}. */
    @GetMapping("/api/v1/audit/balance")
    Mono<Balance> balance(
            @RequestParam MultiValueMap<String, String> parameters,
            @AuthenticationPrincipal AuditReader reader) {
        var given = new QueryParameters(parameters, Set.of("from", "to"));
        var from = given.time("from");
        var to = given.time("to");
        given.check();
        return accounts.balance(reader.tenant(), from, to);
    }
}

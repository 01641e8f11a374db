package io.latchkey.auth.suppression.web;

import io.latchkey.auth.app.Administrator;
import io.latchkey.auth.platform.ItemPage;
import io.latchkey.auth.platform.PageRequest;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.problem.RequestId;
import io.latchkey.auth.suppression.LiftSuppression;
import io.latchkey.auth.suppression.SuppressionId;
import io.latchkey.auth.suppression.SuppressionStore;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.Subject;
import io.latchkey.events.secret.SubjectKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Addresses that are not mailed for a time, for the administrator: of all tenants. */
@RestController
@RequestMapping("/api/v1/suppressions")
class SuppressionsController {
    private final SuppressionStore suppressions;
    private final LiftSuppression liftSuppression;
    private final SubjectKey subjects;

    SuppressionsController(
            SuppressionStore suppressions, LiftSuppression liftSuppression, SubjectKey subjects) {
        this.suppressions = suppressions;
        this.liftSuppression = liftSuppression;
        this.subjects = subjects;
    }

    /** {@code GET /api/v1/suppressions}: newest first, or the one of {@code email}. */
    @GetMapping
    Mono<ItemPage<SuppressionResponse>> list(@RequestParam MultiValueMap<String, String> query) {
        var page = PageRequest.of(query);
        return suppressions
                .list(subject(query.getFirst("email")), page)
                .map(found -> ItemPage.of(found, page, suppression -> suppression.id().value()))
                .map(found -> found.map(SuppressionResponse::of));
    }

    /** {@code GET /api/v1/suppressions/{suppression_id}}: while it lasts. */
    @GetMapping("/{suppressionId}")
    Mono<SuppressionResponse> find(@PathVariable String suppressionId) {
        return suppressions
                .find(id(suppressionId))
                .map(SuppressionResponse::of)
                .switchIfEmpty(Mono.error(SuppressionsController::notFound));
    }

    /** {@code DELETE /api/v1/suppressions/{suppression_id}}: 204; the address is mailed again. */
    @DeleteMapping("/{suppressionId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> lift(@PathVariable String suppressionId, ServerWebExchange exchange) {
        return liftSuppression
                .lift(id(suppressionId), Administrator.ACTOR, RequestId.of(exchange))
                .flatMap(known -> known ? Mono.empty() : Mono.error(notFound()));
    }

    private @Nullable Subject subject(@Nullable String email) {
        try {
            return email == null ? null : subjects.subject(EmailAddress.parse(email));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("/email", String.valueOf(e.getMessage()));
        }
    }

    private static SuppressionId id(String text) {
        try {
            return SuppressionId.parse(text);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static Problem notFound() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no such suppression.");
    }
}

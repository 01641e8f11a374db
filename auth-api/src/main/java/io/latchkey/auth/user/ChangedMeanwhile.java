package io.latchkey.auth.user;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import reactor.util.retry.Retry;

/** The user has another address than when he was read, or is gone: look again. */
final class ChangedMeanwhile extends RuntimeException {
    private static final int TRIES = 3;
    private static final long serialVersionUID = 1L;

    ChangedMeanwhile() {
        super("changed meanwhile", null, false, false);
    }

    /** Until others change him no more, or the caller is told to come back. */
    static Retry again() {
        return Retry.max(TRIES)
                .filter(ChangedMeanwhile.class::isInstance)
                .onRetryExhaustedThrow(
                        (_, _) ->
                                Problem.of(
                                        ProblemCode.CONFLICT,
                                        "Others are changing this user. Repeat the request."));
    }
}

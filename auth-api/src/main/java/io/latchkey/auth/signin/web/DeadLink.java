package io.latchkey.auth.signin.web;

import io.latchkey.auth.link.Link;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;

/** Why a genuine link no longer works: told to whoever holds its URL (S5). */
final class DeadLink {
    private DeadLink() {}

    static Problem problem(Link link) {
        return switch (link.status()) {
            case CONFIRMED, EXCHANGED ->
                    Problem.of(
                            ProblemCode.LINK_USED,
                            "It was used already. If that was not you, ask for a new one.");
            case EXPIRED ->
                    Problem.of(ProblemCode.LINK_EXPIRED, "Its time is over. Ask for a new one.");
            default ->
                    Problem.of(
                            ProblemCode.LINK_REVOKED,
                            "Another link was used, or it was withdrawn. Ask for a new one.");
        };
    }

    /** For tokens that are malformed, forged or unknown, and links whose app or user is gone. */
    static Problem unknown() {
        return Problem.of(ProblemCode.NOT_FOUND, "This link is not known here. Ask for a new one.");
    }
}

package io.latchkey.auth.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call that is refused, thrown where a result would only be passed through. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ProblemCode code;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    private Problem(
            ProblemCode code,
            String detail,
            List<FieldError> errors,
            @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.code = code;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /**
     * @param detail for the caller's eyes: no secret, no address, no text of the caller's
     */
    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, List.of(), null);
    }

    /** Likewise, where one field is to blame. */
    public static Problem of(ProblemCode code, FieldError error) {
        return new Problem(code, error.detail(), List.of(error), null);
    }

    public static Problem invalid(List<FieldError> errors) {
        return new Problem(
                ProblemCode.INVALID_REQUEST, "See errors for what was expected.", errors, null);
    }

    public static Problem invalid(String pointer, String detail) {
        return invalid(List.of(new FieldError(pointer, detail)));
    }

    /** Nothing was accepted; the same call may be made again after a while. */
    public static Problem retryLater(ProblemCode code, String detail, Duration retryAfter) {
        return new Problem(code, detail, List.of(), retryAfter);
    }

    public ProblemCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<FieldError> errors() {
        return errors;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}

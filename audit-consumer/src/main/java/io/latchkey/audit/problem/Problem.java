package io.latchkey.audit.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request cannot be answered as asked, and the caller is told why. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ProblemCode code;
    private final transient List<FieldError> errors;

    private Problem(
            ProblemCode code, String detail, List<FieldError> errors, @Nullable Throwable cause) {
        super(detail, cause, false, false);
        this.code = code;
        this.errors = List.copyOf(errors);
    }

    /** {@code 400}: each error names what was expected. */
    public static Problem invalidRequest(List<FieldError> errors) {
        return new Problem(
                ProblemCode.INVALID_REQUEST, "See the errors, one by one.", errors, null);
    }

    /** {@code 403}. */
    public static Problem forbidden(String detail) {
        return new Problem(ProblemCode.FORBIDDEN, detail, List.of(), null);
    }

    /** {@code 404}. */
    public static Problem notFound(String detail) {
        return new Problem(ProblemCode.NOT_FOUND, detail, List.of(), null);
    }

    /** {@code 503}: something that we stand on is away. */
    public static Problem unavailable(Throwable cause) {
        return new Problem(ProblemCode.UNAVAILABLE, "Try again in a moment.", List.of(), cause);
    }

    public ProblemCode code() {
        return code;
    }

    /** For a {@code 400} only; empty otherwise. */
    public List<FieldError> errors() {
        return errors;
    }
}

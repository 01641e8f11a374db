package io.latchkey.auth.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** All that is wrong with a request, so that its sender need not find out one by one. */
public class FieldErrors {
    private final List<FieldError> all = new ArrayList<>();

    /**
     * @param pointer where in the body, as in RFC 6901
     * @param expected what would be right there; never what was sent
     */
    public final void expected(String pointer, String expected) {
        add(pointer, "expected: " + expected);
    }

    public final void add(String pointer, String detail) {
        all.add(new FieldError(pointer, detail));
    }

    public final void addAll(Collection<FieldError> errors) {
        all.addAll(errors);
    }

    /**
     * @throws Problem {@code invalid_request} if anything is wrong
     */
    public final void end() {
        if (!all.isEmpty()) {
            throw Problem.invalid(all);
        }
    }
}

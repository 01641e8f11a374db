package io.latchkey.audit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer the parameter's name; absent where the fault is in no single place
 * @param detail what was expected; never the value that was sent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldError(@Nullable String pointer, String detail) {}

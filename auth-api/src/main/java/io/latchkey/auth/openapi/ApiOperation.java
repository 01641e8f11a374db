package io.latchkey.auth.openapi;

import java.util.List;

/**
 * One operation, as the page shows it.
 *
 * @param fields of the body that it takes
 */
public record ApiOperation(
        String id,
        String method,
        String path,
        String summary,
        String description,
        String credentials,
        List<Field> parameters,
        List<Field> fields,
        List<Answer> answers) {
    /** A parameter, or a field of a body or of an answer. */
    public record Field(String name, String type, String description, boolean required) {}

    /** What is answered. */
    public record Answer(String status, String description, List<Field> fields) {}
}

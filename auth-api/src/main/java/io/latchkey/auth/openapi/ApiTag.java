package io.latchkey.auth.openapi;

import java.util.List;

/** Operations that belong together. */
public record ApiTag(String name, String description, List<ApiOperation> operations) {}

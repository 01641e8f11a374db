package io.latchkey.violations.injection;

import org.springframework.beans.factory.annotation.Autowired;

final class InjectsAField {
    @Autowired private Object collaborator;

    Object collaborator() {
        return collaborator;
    }
}

package io.latchkey.audit.platform;

/** Is told of credentials that are none: of guesses, and of what is over. */
@FunctionalInterface
public interface CredentialRefusals {
    void refused(Caller caller);
}

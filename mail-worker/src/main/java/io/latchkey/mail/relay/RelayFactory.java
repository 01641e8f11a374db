package io.latchkey.mail.relay;

/** Makes relays of one kind from what an operator has set. */
public interface RelayFactory {
    RelayProperties.Kind kind();

    /**
     * @throws io.latchkey.mail.platform.UnusableSettingException if it cannot be made so
     */
    MailRelay make(RelayProperties relay);
}

package io.latchkey.mail.relay;

/** The relay that Spring Boot's own settings describe, for those who have just one. */
public interface UsualRelay {
    /**
     * @throws io.latchkey.mail.platform.UnusableSettingException if it cannot be made so
     */
    MailRelay make();
}

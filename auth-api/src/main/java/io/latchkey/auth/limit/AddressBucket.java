package io.latchkey.auth.limit;

import io.latchkey.events.EmailAddress;
import io.latchkey.events.secret.SubjectKey;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * Under which key an address is counted. Spellings that many providers deliver to one mailbox share
 * it: letter case, dots in the local part, tags after a plus sign (S12). For counting only: as
 * accounts they stay apart (S8).
 */
@Component
public class AddressBucket {
    private final SubjectKey subjects;

    AddressBucket(SubjectKey subjects) {
        this.subjects = subjects;
    }

    public String of(EmailAddress address) {
        return subjects.subject(plain(address)).toString();
    }

    private static EmailAddress plain(EmailAddress address) {
        var text = address.value();
        var at = text.lastIndexOf('@');
        var local = text.substring(0, at);
        var plus = local.indexOf('+');
        var bare = (plus < 0 ? local : local.substring(0, plus)).replace(".", "");
        try {
            return EmailAddress.parse(bare.toLowerCase(Locale.ROOT) + text.substring(at));
        } catch (IllegalArgumentException e) {
            // Nothing but dots and a tag, or quoted: it is itself.
            return address;
        }
    }
}

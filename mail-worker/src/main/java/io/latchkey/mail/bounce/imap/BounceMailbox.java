package io.latchkey.mail.bounce.imap;

import io.latchkey.mail.bounce.MailboxProperties;
import io.latchkey.mail.bounce.RecordBounceMail;
import io.latchkey.mail.bounce.UnpublishedBounceException;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.search.FlagTerm;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks into the mailbox once: every mail that is not marked as seen is read, published, and then
 * marked. Whatever ends this early, the next look goes on; two workers that look at once publish
 * the same events.
 */
@Component
class BounceMailbox {
    private static final Logger log = LoggerFactory.getLogger(BounceMailbox.class);

    /** No report of a server's is larger: ours are small, and they send them back in part. */
    private static final int MOST_BYTES = 256 * 1024;

    /** So often looked at in vain, a mail is left alone: those behind it must not wait for ever. */
    private static final int MOST_LOOKS = 3;

    private static final int REMEMBERED = 1_000;

    private static final String PATIENCE_MS = "20000";

    private final MailboxProperties properties;
    private final RecordBounceMail recordBounceMail;

    /** How often a mail, by its UID, could not be read. */
    private final Map<Long, Integer> failures =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
                    return size() > REMEMBERED;
                }
            };

    BounceMailbox(MailboxProperties properties, RecordBounceMail recordBounceMail) {
        this.properties = properties;
        this.recordBounceMail = recordBounceMail;
    }

    /**
     * @throws MessagingException if the server is away, or does not let us in
     * @throws IOException if the password cannot be read, or the connection broke
     * @throws UnpublishedBounceException if Kafka is away
     */
    void look() throws MessagingException, IOException, UnpublishedBounceException {
        try (var store = connect();
                var folder = store.getFolder(properties.folder())) {
            folder.open(Folder.READ_WRITE);
            for (var mail : folder.search(new FlagTerm(new Flags(Flags.Flag.SEEN), false))) {
                read(mail, folder);
            }
        }
    }

    /** A mail that cannot be read ends the look only where it cost the connection. */
    private void read(Message mail, Folder folder)
            throws MessagingException, IOException, UnpublishedBounceException {
        try {
            var uid = ((UIDFolder) folder).getUID(mail);
            if (failures.getOrDefault(uid, 0) < MOST_LOOKS) {
                read(mail, uid, folder);
            }
        } catch (MessageRemovedException e) {
            // Another worker has read it, and deleted it.
            return;
        }
    }

    private void read(Message mail, long uid, Folder folder)
            throws MessagingException, IOException, UnpublishedBounceException {
        try {
            read(mail);
        } catch (MessageRemovedException e) {
            throw e;
        } catch (MessagingException | IOException e) {
            var isLast = failures.merge(uid, 1, Integer::sum) == MOST_LOOKS;
            if (isLast) {
                log.atWarn()
                        .addKeyValue("uid", uid)
                        .addKeyValue("cause", e.getClass().getSimpleName())
                        .log("A mail cannot be read and is left alone");
                recordBounceMail.passOver();
            }
            if (!folder.isOpen()) {
                throw e;
            }
            if (isLast) {
                mail.setFlag(Flags.Flag.SEEN, true);
            }
        }
    }

    private void read(Message mail)
            throws MessagingException, IOException, UnpublishedBounceException {
        if (mail.isSet(Flags.Flag.DELETED)) {
            return;
        }
        var raw = raw((IMAPMessage) mail);
        if (raw.length == 0) {
            // What the library makes of a server that refuses.
            throw new IOException("nothing was read");
        }
        if (raw.length > MOST_BYTES) {
            recordBounceMail.passOver();
        } else {
            recordBounceMail.record(raw);
        }
        mail.setFlag(Flags.Flag.SEEN, true);
        if (properties.delete()) {
            mail.setFlag(Flags.Flag.DELETED, true);
        }
    }

    /**
     * As it was received, and still unseen; a little too long where it is too long. Nothing else is
     * asked for: there are mails whose envelope servers cannot tell.
     */
    private static byte[] raw(IMAPMessage mail) throws MessagingException, IOException {
        mail.setPeek(true);
        try (var stream = mail.getMimeStream()) {
            return stream.readNBytes(MOST_BYTES + 1);
        }
    }

    private Store connect() throws MessagingException, IOException {
        var prefix = "mail." + properties.protocol() + ".";
        var settings = new Properties();
        settings.put(prefix + "connectiontimeout", PATIENCE_MS);
        settings.put(prefix + "timeout", PATIENCE_MS);
        settings.put(prefix + "writetimeout", PATIENCE_MS);
        settings.put(prefix + "ssl.checkserveridentity", "true");
        settings.put(prefix + "starttls.enable", "true");
        var store = Session.getInstance(settings).getStore(properties.protocol());
        store.connect(
                properties.host(),
                properties.port() == 0 ? -1 : properties.port(),
                properties.user(),
                properties.currentPassword());
        return store;
    }
}

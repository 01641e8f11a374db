package io.latchkey.audit.tlog;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * One line below a note.
 *
 * @param name of the key
 * @param keyId the first bytes of a hash over name and key, as a number
 * @param base64 of the signature itself
 * @see <a href="https://c2sp.org/signed-note">C2SP signed-note</a>
 */
public record NoteSignature(String name, int keyId, String base64) {
    private static final Pattern LINE = Pattern.compile("\u2014 ([^\\s+]+) ([A-Za-z0-9+/]+={0,2})");

    static NoteSignature of(String name, int keyId, byte[] signature) {
        return new NoteSignature(name, keyId, Base64.getEncoder().encodeToString(signature));
    }

    static NoteSignature parse(String line) {
        var parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("signature: no line of that form");
        }
        var bytes = Base64.getDecoder().decode(parts.group(2));
        if (bytes.length <= Integer.BYTES) {
            throw new IllegalArgumentException("signature: " + bytes.length + " bytes");
        }
        var buffer = ByteBuffer.wrap(bytes);
        var keyId = buffer.getInt();
        var signature = new byte[buffer.remaining()];
        buffer.get(signature);
        return of(parts.group(1), keyId, signature);
    }

    byte[] signature() {
        return Base64.getDecoder().decode(base64);
    }

    @Override
    public String toString() {
        var signature = signature();
        var bytes = ByteBuffer.allocate(Integer.BYTES + signature.length);
        bytes.putInt(keyId).put(signature);
        return "\u2014 " + name + " " + Base64.getEncoder().encodeToString(bytes.array());
    }
}

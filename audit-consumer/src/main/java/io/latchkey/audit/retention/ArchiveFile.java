package io.latchkey.audit.retention;

/**
 * A file that holds events: plain JSON lines, compressed with gzip, as exports have them.
 *
 * @param sha256 of the file as it is: 64 hexadecimal digits
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc1952">RFC 1952</a>
 */
public record ArchiveFile(String name, String sha256) {}

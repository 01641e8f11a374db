"""Recomputes derivations.json, which the tests of io.latchkey.events.secret are held against,
without any of Latchkey's code. Needs Python 3 and, for the ciphertext, its "cryptography" package."""
import base64
import hashlib
import hmac
import json
import struct
import uuid

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def hkdf(key, info, length=32):
    """RFC 5869, no salt."""
    extracted = mac(b"\0" * 32, key)
    block = output = b""
    while len(output) < length:
        block = mac(extracted, block + info + bytes([len(output) // 32 + 1]))
        output += block
    return output[:length]


def base64url(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def type_id(prefix, identifier):
    number, text = identifier.int, ""
    for _ in range(26):
        text = ALPHABET[number & 31] + text
        number >>= 5
    return prefix + "_" + text


def counted(field):
    if field is None:
        return struct.pack(">i", -1)
    octets = field.encode()
    return struct.pack(">i", len(octets)) + octets


# RFC 5869, A.3
assert hkdf(b"\x0b" * 22, b"", 42).hex() == (
    "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
)

entries = {"k001": bytes(range(32)), "k002": bytes(range(32, 64))}
subject_key = bytes(range(96, 128))
link = uuid.UUID("01890a5d-ac96-774b-bcce-b302099a8057")
session = uuid.UUID("01890a5e-0000-7000-8000-0123456789ab")
nonce = bytes(range(12))


def secrets(kid, entry):
    mail = hkdf(entry, b"mail")

    def token(statement, key):
        return base64url(statement + kid.encode() + mac(key, statement))

    def refresh_token(generation):
        return token(session.bytes + struct.pack(">i", generation), hkdf(entry, b"refresh"))

    hashed = mac(hkdf(mail, b"code"), link.bytes)
    offset = hashed[31] & 15
    code = (struct.unpack(">I", hashed[offset : offset + 4])[0] & 0x7FFFFFFF) % 1000000
    event = counted("evt_01h455vb4pex5vsknk084sn02q") + counted("io.latchkey.MailSent.v1")
    order = [
        "latchkey order 1", type_id("link", link), kid, "app_01h455vb4pex5vsknk084sn02q",
        "ada@example.com", "2026-01-02T03:19:05Z", "sign_in", "de-AT",
        "2026-01-02T03:04:05.123456Z", "600", "https://auth.example.com/l/",
        "192.0.2.1", "Example/1.0", "Caf\u00e9", "0", None, "#1a2b3c", "Caf\u00e9 Sign-in", None,
        "Hello", None, None, None, None,
        "default", base64url(bytes(range(64, 96))), "a***@example.com",
    ]
    encrypted = AESGCM(hkdf(entry, b"encryption")).encrypt(nonce, b"a signing key", b"signing-key/1")
    return {
        "link_token": token(link.bytes, hkdf(mail, b"link")),
        "email_code": "%06d" % code,
        "authorization_code": token(link.bytes, hkdf(entry, b"authorization-code")),
        "refresh_token_generation_1": refresh_token(1),
        "refresh_token_generation_258": refresh_token(258),
        "event_seal": kid + "." + base64url(mac(hkdf(mail, b"event"), event + b'{"attempt":1}')),
        "request_digest": kid + "." + base64url(
            mac(hkdf(entry, b"request"), b'{"email":"ada@example.com"}')),
        "order_seal": base64url(mac(hkdf(mail, b"order"), b"".join(map(counted, order)))),
        "message_id": "<%s.%s@login.example>" % (type_id("link", link), mac(
            hkdf(mail, b"order"), b"latchkey message-id 1" + link.bytes)[:16].hex()),
        "encrypted": (kid.encode() + nonce + encrypted).hex(),
    }


def ring(keys):
    return ",".join(kid + ":" + base64url(key) for kid, key in keys.items())


def of_address(tenant, address):
    return base64url(mac(subject_key, (tenant + "\0" + address).encode()))


print(json.dumps({
    "keys": ring(entries),
    "mail_keys": ring({kid: hkdf(entry, b"mail") for kid, entry in entries.items()}),
    "link_id": type_id("link", link),
    "session_id": type_id("sess", session),
    "by_kid": {kid: secrets(kid, entry) for kid, entry in entries.items()},
    "subject_key": base64url(subject_key),
    "subject": of_address("", "ada@example.com"),
    "subject_idn": of_address("", "ada@xn--bcher-kva.example"),
    "persistent_id_default": of_address("default", "ada@example.com"),
    "persistent_id_other": of_address("other", "ada@example.com"),
}, indent=2))

"""An issuer of tokens for services under test: it shows one RSA key, made anew, and signs with it."""

import base64
import hashlib
import json
import random
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# What stands before a SHA-256 in a signature (RFC 8017, section 9.2).
DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


def prime(bits):
    while True:
        number = random.SystemRandom().getrandbits(bits) | 1 | 3 << (bits - 2)
        if number % 65537 != 1 and all(pow(base, number - 1, number) == 1 for base in (2, 3, 5, 7)):
            return number


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Issuer:
    def __init__(self):
        first, second = prime(1024), prime(1024)
        self.modulus = first * second
        self.secret = pow(65537, -1, (first - 1) * (second - 1))
        modulus = encoded(self.modulus.to_bytes(256, "big"))
        key = {"kty": "RSA", "kid": "outside", "use": "sig", "alg": "RS256", "n": modulus, "e": "AQAB"}
        keys = json.dumps({"keys": [key]}).encode()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Length", str(len(keys)))
                self.end_headers()
                self.wfile.write(keys)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_port}"

    def token(self, audience):
        claims = {"iss": self.url, "aud": audience, "sub": "outside", "exp": int(time.time()) + 86_400}
        header = {"alg": "RS256", "kid": "outside"}
        message = ".".join(encoded(json.dumps(part).encode()) for part in (header, claims))
        digest = DIGEST_INFO + hashlib.sha256(message.encode()).digest()
        padded = b"\0\1" + b"\xff" * (253 - len(digest)) + b"\0" + digest
        signed = pow(int.from_bytes(padded, "big"), self.secret, self.modulus)
        return f"{message}.{encoded(signed.to_bytes(256, 'big'))}"

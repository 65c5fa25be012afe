"""A tiny OpenID Connect provider on loopback: discovery, authorize, token (RS256, PKCE checked), userinfo."""

import base64
import hashlib
import json
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(ThreadingHTTPServer):
    """`claims` are what it will say about whoever logs in; `info` overrides them in userinfo."""

    claims: dict
    info: dict
    codes: dict
    listens = True
    tells_time = True

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *args):
        pass

    def do_GET(self):
        url = urlsplit(self.path)
        if url.path == "/.well-known/openid-configuration":
            self.say(self.discovery())
        elif url.path == "/authorize":
            query = {k: v[0] for k, v in parse_qs(url.query).items()}
            code = f"code-{len(self.server.codes)}"
            self.server.codes[code] = query
            self.send_response(302)
            self.send_header(
                "Location", f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"
            )
            self.end_headers()
        elif url.path == "/userinfo":
            self.say({**self.server.claims, **self.server.info})
        elif url.path == "/jwks":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self.say({"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]})
        else:
            self.send_error(404)

    def do_POST(self):
        form = {k: v[0] for k, v in parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()}
        asked = self.server.codes.pop(form.get("code"), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=")
        if asked is None or asked.get("code_challenge") != proof.decode():
            self.say({"error": "invalid_grant"}, 400)
            return
        now = int(time.time())
        # A real provider says when it asked; ours asks anew when it is told to, unless it is one that does not listen.
        asked_now = asked.get("prompt") == "login" and asked.get("max_age") == "0" and self.server.listens
        extra = {"auth_time": now if asked_now else now - 3600} if self.server.tells_time else {}
        stamp = {"iss": self.server.issuer, "aud": asked["client_id"], "iat": now, "exp": now + 300}
        token = jwt.encode({**extra, **self.server.claims, **stamp}, KEY, algorithm="RS256", headers={"kid": "one"})
        self.say({"access_token": "opaque", "token_type": "Bearer", "expires_in": 300, "id_token": token})

    def discovery(self) -> dict:
        at = self.server.issuer
        return {
            "issuer": at,
            "authorization_endpoint": f"{at}/authorize",
            "token_endpoint": f"{at}/token",
            "userinfo_endpoint": f"{at}/userinfo",
            "jwks_uri": f"{at}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def say(self, body: dict, status: int = 200):
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


@contextmanager
def provider():
    """The provider, as long as the block lasts."""
    server = Provider(("127.0.0.1", 0), Handler)
    server.claims, server.info, server.codes = {"sub": "1"}, {}, {}
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()

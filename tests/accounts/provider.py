"""An identity provider for tests: real HTTP on the loopback, real RS256 signatures.

It has the four addresses of OpenID Connect that a sign-in uses: the discovery document, the page
where a person signs in (which lets in whoever ``subject`` names), the token endpoint, which checks
the client's secret, the code and its PKCE verifier, and the list of keys. ``spoil`` makes it
misbehave in one way.
"""

import json
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, CLIENT_SECRET = "casemgr", "a secret of the client"


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """The provider, running on a free port until ``stop``."""

    subject: dict[str, Any] = field(default_factory=lambda: {"sub": "subject-1"})
    spoil: str = ""
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._key, self._stranger = _key(), _key()
        self._codes: dict[str, dict[str, str]] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            """Answers one request."""

            def do_GET(self) -> None:
                provider._get(self)

            def do_POST(self) -> None:
                provider._post(self)

            def log_message(self, *_args: Any) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()

    def _get(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        self.asked.append(parts.path)
        if parts.path == "/.well-known/openid-configuration":
            _answer(handler, self._document())
        elif parts.path == "/keys":
            listed = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
            _answer(handler, {"keys": [listed | {"kid": "k1", "alg": "RS256", "use": "sig"}]})
        elif parts.path == "/authorize":
            self._authorize(handler, {k: v[0] for k, v in parse_qs(parts.query).items()})
        else:
            _answer(handler, {"error": "not found"}, 404)

    def _document(self) -> dict[str, Any]:
        issuer = "https://elsewhere.example.org" if self.spoil == "issuer" else self.issuer
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def _authorize(self, handler: BaseHTTPRequestHandler, query: dict[str, str]) -> None:
        if query.get("client_id") != CLIENT or query.get("code_challenge_method") != "S256":
            _answer(handler, {"error": "invalid_request"}, 400)
            return
        back = {"state": query["state"]}
        if self.spoil == "cancelled":
            back["error"] = "access_denied"
        else:
            back["code"] = secrets.token_urlsafe(16)
            self._codes[back["code"]] = query
        handler.send_response(302)
        handler.send_header("Location", f"{query['redirect_uri']}?{urlencode(back)}")
        handler.end_headers()

    def _post(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers["Content-Length"])
        form = {k: v[0] for k, v in parse_qs(handler.rfile.read(length).decode()).items()}
        asked = self._codes.pop(form.get("code", ""), None)
        proof = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest())
        if (
            asked is None
            or form.get("client_secret") != CLIENT_SECRET
            or form.get("redirect_uri") != asked["redirect_uri"]
            or proof.decode().rstrip("=") != asked["code_challenge"]
        ):
            _answer(handler, {"error": "invalid_grant"}, 400)
            return
        token = {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer"}
        _answer(handler, token | {"id_token": self._id_token()})

    def _id_token(self) -> str:
        now = int(time.time())
        claims = {
            "iss": "https://elsewhere.example.org" if self.spoil == "token-issuer" else self.issuer,
            "aud": "another" if self.spoil == "audience" else CLIENT,
            "iat": now - 7200 if self.spoil == "expired" else now,
            "exp": now - 3600 if self.spoil == "expired" else now + 300,
            **self.subject,
        }
        if self.spoil == "unsigned":
            return jwt.encode(claims, None, algorithm="none", headers={"kid": "k1"})
        if self.spoil == "symmetric":
            return jwt.encode(claims, CLIENT_SECRET * 2, algorithm="HS256", headers={"kid": "k1"})
        key = self._stranger if self.spoil == "key" else self._key
        kid = "k2" if self.spoil == "unknown-key" else "k1"
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": kid})


def _answer(handler: BaseHTTPRequestHandler, body: dict[str, Any], status: int = 200) -> None:
    content = json.dumps(body).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)

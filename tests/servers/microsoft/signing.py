"""The keys of the authority, its certificates, and the collector's own."""

import base64
import datetime
from functools import cache
from pathlib import Path
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from servers.microsoft.mailbox import User


@cache
def rsa_key(_name: str) -> rsa.RSAPrivateKey:
    """A key for a purpose, made once for all tests since it takes a while."""
    return rsa.generate_private_key(65537, 2048)


class Signer:
    """Signs what the authority says."""

    def jwk(self) -> dict[str, Any]:
        """The public half, as its users fetch it."""
        public: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(rsa_key("authority").public_key(), as_dict=True)
        return {**public, "kid": "k-1", "use": "sig", "alg": "RS256"}

    def id_token(self, user: User, issuer: str, client_id: str, nonce: str, skew: int) -> str:
        """Who signed in."""
        now = int(datetime.datetime.now(datetime.UTC).timestamp()) + skew
        claims = {
            "iss": issuer,
            "aud": client_id,
            "iat": now,
            "nbf": now,
            "exp": now + 3600,
            "sub": f"subject-of-{user.oid}",
            "oid": user.oid,
            "tid": user.tenant,
            "name": user.name,
            "preferred_username": user.address,
            "ver": "2.0",
            **({"nonce": nonce} if nonce else {}),
        }
        return jwt.encode(claims, rsa_key("authority"), "RS256", headers={"kid": "k-1"})


def collector_pem(path: Path, *, days: int = 30) -> bytes:
    """Write the collector's key and certificate to a file that only its owner reads; return the certificate."""
    key, name = rsa_key("collector"), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Companion collector")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=60))
        .not_valid_after(now + datetime.timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.touch(mode=0o600)
    path.write_bytes(private + pem)
    return pem


def asserted_by(pem: bytes, assertion: str, client_id: str, audience: str) -> bool:
    """Whether a client assertion is signed with the certificate, for this authority and by this client."""
    if not pem:
        return False
    certificate = x509.load_pem_x509_certificate(pem)
    try:
        header = jwt.get_unverified_header(assertion)
        options: Any = {"verify_aud": False}
        told = jwt.decode(assertion, certificate.public_key(), ["RS256", "PS256"], options=options)  # type: ignore[arg-type]
    except jwt.InvalidTokenError:
        return False
    prints = {
        base64.urlsafe_b64encode(certificate.fingerprint(kind)).decode().rstrip("=")
        for kind in (hashes.SHA1(), hashes.SHA256())
    }
    named = {str(header.get(name, "")).rstrip("=") for name in ("x5t", "x5t#S256")}
    ours = told.get("iss") == told.get("sub") == client_id
    return ours and str(told.get("aud", "")).startswith(audience) and bool(named & prints)

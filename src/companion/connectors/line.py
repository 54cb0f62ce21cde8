"""The line to a server: time-outs, certificates and proxies, and an answer's body within its limit."""

import logging
import os
import ssl
import sys
import zlib
from dataclasses import dataclass, field
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import httpx

from companion import __version__
from companion.basics.errors import Problem


@dataclass(frozen=True)
class Limits:
    """How long and how much; seconds and decoded bytes."""

    connect: float = 10.0
    read: float = 30.0
    total: float = 300.0
    size: int = 64 * 1024 * 1024


@dataclass(frozen=True)
class Network:
    """How to get out: an address of a proxy ("": as the system says) and a PEM file to trust beside the system's."""

    proxy: str = field(default="", repr=False)  # a password may be in it
    ca_bundle: str = ""


def open_line(limits: Limits, *, secure: bool = True, network: Network = Network()) -> httpx.Client:
    """An httpx client with our time-outs, the system's certificates and proxies; never .netrc, no redirects.

    Without `secure` it trusts no certificate at all: for plain http, where reading them is time lost. Problem
    `proxy_wrong` or `ca_bundle_bad` where `network` names what cannot be used.
    """
    for name in ("httpx", "httpcore"):
        # At INFO they log whole addresses, and the address of a calendar may be its only secret.
        logging.getLogger(name).setLevel(logging.WARNING)
    return httpx.Client(
        headers={"User-Agent": f"Companion/{__version__}", "Accept-Encoding": "gzip"},
        timeout=httpx.Timeout(limits.read, connect=limits.connect),
        verify=trust(network.ca_bundle) if secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        proxy=_proxy(network.proxy),
        follow_redirects=False,
        trust_env=True,
        # A server that knows us by a cookie would answer the next account on it as the last one.
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        mounts={"all://localhost": None, "all://127.0.0.1": None, "all://[::1]": None},  # never through a proxy
    )


def trust(bundle: str = "") -> ssl.SSLContext:
    """The system's certificates, which know the firm's own authority; SSL_CERT_FILE and SSL_CERT_DIR are honoured.

    `bundle`: a PEM file to trust as well; Problem `ca_bundle_bad` where it is none.
    """
    names = os.environ.get("SSL_CERT_FILE", ""), os.environ.get("SSL_CERT_DIR", "")
    if not bundle:
        return _trust(*names, "", 0)
    try:
        return _trust(*names, bundle, Path(bundle).stat().st_mtime_ns)
    except OSError as error:  # ssl.SSLError is one too
        raise Problem("ca_bundle_bad", path=bundle, reason=error.strerror or str(error)) from error


@cache
def _trust(_file: str, _folder: str, bundle: str, _changed: int) -> ssl.SSLContext:
    # Reading the store takes a tenth of a second; OpenSSL takes both names from the environment itself.
    context = ssl.create_default_context()
    places = ssl.get_default_verify_paths()
    if not places.cafile and not places.capath and sys.platform != "win32":
        import certifi

        context.load_verify_locations(certifi.where())
    if bundle:
        context.load_verify_locations(bundle)
    return context


def _proxy(address: str) -> httpx.Proxy | None:
    if not address:
        return None
    try:
        proxy = httpx.Proxy(address)
    except (ValueError, httpx.InvalidURL) as error:
        raise Problem("proxy_wrong") from error
    if not proxy.url.host or proxy.url.scheme not in ("http", "https") or (proxy.url.port or 0) > 65535:
        raise Problem("proxy_wrong")
    return proxy


def read_body(response: httpx.Response, most: int) -> bytes:
    """The decoded body; OverflowError past `most` bytes, however small it was on the wire."""
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise ValueError(coding)
    unzip = None if coding in ("identity", "") else zlib.decompressobj(zlib.MAX_WBITS | 32)
    parts: list[bytes] = []
    size = 0
    for raw in response.iter_raw():
        chunk = unzip.decompress(raw, most - size + 1) if unzip else raw
        size += len(chunk)
        if size > most:
            raise OverflowError(most)
        parts.append(chunk)
    if unzip and parts and not unzip.eof:
        raise ValueError("the packed answer ends early")
    return b"".join(parts)

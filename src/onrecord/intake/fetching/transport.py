"""The one client: httpx over httpcore's connections, which are made by the backend that checks addresses."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator

import httpcore
import httpx

__all__ = ["FOREIGN", "CheckedTransport", "in_words"]

FOREIGN = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpcore.ProxyError,
    ssl.SSLError,
)
"""What the client raises where a request fails."""


class CheckedTransport(httpx.BaseTransport):
    """As httpx.HTTPTransport, but that its connections are made by `backend`. No proxy: it would look names up itself."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        # httpx's own context trusts certifi's authorities, or those that SSL_CERT_FILE and SSL_CERT_DIR name.
        context = httpx.create_ssl_context()
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            network_backend=backend,
            max_connections=32,
            max_keepalive_connections=8,
            keepalive_expiry=15.0,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self._pool.handle_request(
            httpcore.Request(method=request.method, url=url, headers=request.headers.raw, extensions=request.extensions)
        )
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def in_words(error: Exception) -> tuple[str, bool]:
    """What an error of the client means, and whether the request may be made again."""
    cause = _certificate(error)
    if cause is not None:
        return f"its certificate is not to be trusted: {cause.verify_message}", False
    said = str(error).strip() or type(error).__name__
    match error:
        case httpcore.ConnectTimeout() | httpx.ConnectTimeout():
            return "the server does not answer", True
        case httpcore.TimeoutException() | httpx.TimeoutException():
            return "the server took too long", True
        case httpcore.ConnectError() | httpx.ConnectError():
            return f"no connection ({said})", True
        case httpcore.RemoteProtocolError() | httpx.RemoteProtocolError():
            return f"the server broke off, or does not speak HTTP ({said})", True
        case httpcore.NetworkError() | httpx.NetworkError():
            return f"the connection broke off ({said})", True
        case httpx.InvalidURL() | httpx.UnsupportedProtocol() | httpcore.UnsupportedProtocol():
            return f"not an address that can be asked ({said})", False
        case httpcore.LocalProtocolError() | httpx.LocalProtocolError():
            return f"not a request that can be made ({said})", False
    return f"the request failed ({said})", True


def _certificate(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error
        error = error.__cause__ or error.__context__
    return None

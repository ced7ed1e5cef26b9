"""Metrics for Prometheus: what was asked and how it was answered, and how much the ledger holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from onrecord import __version__
from onrecord.errors import MissingExtra
from onrecord.ledger import Ledger

if TYPE_CHECKING:
    from prometheus_client.core import GaugeMetricFamily

__all__ = ["Metrics"]

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))


class Metrics:
    """The counters of one application. Raises MissingExtra without prometheus-client."""

    def __init__(self, ledger: Ledger) -> None:
        try:
            from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
        except ImportError as error:
            raise MissingExtra("serve", "prometheus-client") from error
        self._registry = CollectorRegistry()
        registry = self._registry
        self._requests = Counter(
            "onrecord_http_requests", "Requests answered.", ("method", "route", "status"), registry=registry
        )
        self._seconds = Histogram(
            "onrecord_http_request_seconds",
            "From the first byte of a request to the last of its answer.",
            ("route",),
            buckets=_SECONDS,
            registry=registry,
        )
        self.in_flight = Gauge(
            "onrecord_http_requests_in_flight", "Requests that are being answered.", registry=registry
        )
        Gauge("onrecord_info", "The version that runs.", ("version",), registry=registry).labels(__version__).set(1)
        ProcessCollector(registry=registry)
        registry.register(_Sizes(ledger))

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(method if method in _METHODS else "other", route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> tuple[bytes, str]:
        """All of them in Prometheus' text format, and its media type. Raises LedgerError where the ledger cannot be read."""
        from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

        return generate_latest(self._registry), CONTENT_TYPE_LATEST


class _Sizes:
    """How many rows of each kind the ledger holds, counted when it is asked."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: else it would be asked before anybody wants to know."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        from prometheus_client.core import GaugeMetricFamily

        rows = GaugeMetricFamily("onrecord_ledger_rows", "Rows in the ledger.", labels=("kind",))
        for kind, count in asdict(self._ledger.overview()).items():
            if isinstance(count, int):
                rows.add_metric((kind,), count)
        yield rows

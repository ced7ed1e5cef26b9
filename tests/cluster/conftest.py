"""One Spark session for all tests of this folder, on two cores of this machine; where there is no Spark they are skipped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onrecord.cluster import Settings, open_session
from onrecord.errors import ClusterError, MissingExtra

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROOT = Path(__file__).parents[2]


def conf(readings_made: Path) -> dict[str, str]:
    """Settings by which readings are counted, articles may be poison, and Java compiles little: nothing here runs long."""
    quick = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    return {
        "spark.python.daemon.module": "tests.cluster.poisoned",
        "spark.executorEnv.PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "spark.executorEnv.ONRECORD_READINGS": str(readings_made),
        "spark.driver.extraJavaOptions": quick,
        "spark.executor.extraJavaOptions": quick,
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }


def started(settings: Settings) -> Iterator[SparkSession]:
    if not (find_spec("pyspark") and find_spec("pyarrow")):
        pytest.skip("no PySpark here (pip install 'onrecord[cluster]')")
    try:
        with open_session(settings) as session:
            yield session
    except (ClusterError, MissingExtra) as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def readings_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file in which each reading that an executor makes is a line: the id of its document."""
    return tmp_path_factory.mktemp("counted") / "readings"


@pytest.fixture(scope="session")
def spark(readings_made: Path) -> Iterator[SparkSession]:
    yield from started(Settings("local[2]", "1g", conf(readings_made)))


@pytest.fixture
def counted(readings_made: Path) -> Path:
    """The same file, empty."""
    readings_made.write_text("", encoding="utf-8")
    return readings_made

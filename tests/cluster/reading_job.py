"""A job of reading in a process of its own, to be killed. Arguments: master, file of readings made, input, output."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from tests.cluster.conftest import conf

from onrecord.cluster import Settings, open_session, read

if __name__ == "__main__":
    master, readings, given, output = sys.argv[1:]
    with open_session(Settings(master, "512m", conf(Path(readings)))) as session:
        print(json.dumps(asdict(read(session, [given], output))))

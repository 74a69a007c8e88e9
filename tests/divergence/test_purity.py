import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import alignment.divergence

ROOT = Path(__file__).resolve().parents[2]
LIST_IMPORTS = """
import importlib, json, pkgutil, sys
import alignment.divergence as engine
names = [module.name for module in pkgutil.iter_modules(engine.__path__)]
for name in names:
    importlib.import_module(f"alignment.divergence.{name}")
top = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps({"modules": names, "has_stats": "scipy.stats" in sys.modules, "top": top}))
"""


def test_the_engine_loads_no_django_and_nothing_of_the_product():
    run = subprocess.run([sys.executable, "-c", LIST_IMPORTS], cwd=ROOT, capture_output=True, text=True, check=True)

    loaded = json.loads(run.stdout)
    assert loaded["modules"] == [module.name for module in pkgutil.iter_modules(alignment.divergence.__path__)]
    assert "analysis" in loaded["modules"]
    assert {"numpy", "scipy"} <= set(loaded["top"])
    assert not {"django", "workshops", "celery", "redis", "psycopg"} & set(loaded["top"])


def test_the_engine_does_not_load_the_whole_of_scipy_stats_for_a_few_distributions():
    run = subprocess.run([sys.executable, "-c", LIST_IMPORTS], cwd=ROOT, capture_output=True, text=True, check=True)

    assert json.loads(run.stdout)["has_stats"] is False


def test_the_engine_reads_no_clock_and_draws_no_random_numbers_of_its_own():
    forbidden = ("import time", "import datetime", "import random", "default_rng", "np.random.", "print(", "logging")

    sources = {path.name: path.read_text() for path in (ROOT / "alignment/divergence").glob("*.py")}

    assert [(name, word) for name, source in sources.items() for word in forbidden if word in source] == []

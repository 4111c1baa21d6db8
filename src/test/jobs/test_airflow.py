"""The DAG of jobs/airflow in a real Airflow: what becomes of its task for each exit status of Demarche."""

import os
import shutil
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DAGS = ROOT / "jobs" / "airflow"

# Airflow reads its settings when it is imported.
os.environ["AIRFLOW_HOME"] = tempfile.mkdtemp(prefix="airflow-")
os.environ["AIRFLOW__CORE__DAGS_FOLDER"] = str(DAGS)
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
from airflow.dag_processing.dagbag import DagBag  # noqa: E402
from airflow.utils.db import initdb  # noqa: E402

DAY = datetime(2031, 3, 5, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def dag():
    initdb()
    bag = DagBag(DAGS)
    assert bag.import_errors == {}
    assert list(bag.dags) == ["demarche_nightly"]
    dag = bag.dags["demarche_nightly"]
    dag.get_task("run").retry_delay = timedelta(0)
    yield dag
    shutil.rmtree(os.environ["AIRFLOW_HOME"])


@pytest.fixture
def nightly(dag, tmp_path):
    """Returns a function that runs the DAG for DAY and returns the instance of its task as it ended."""

    def run(home, options=()):
        params = {
            "home": str(home),
            "deliveries": str(tmp_path / "in"),
            "warehouse": str(tmp_path / "warehouse"),
            "options": list(options),
        }
        return dag.test(logical_date=DAY, run_conf=params).get_task_instance("run")

    return run


@pytest.fixture
def delivery(tmp_path):
    folder = tmp_path / "in" / "2031-03-05"
    folder.mkdir(parents=True)
    return folder


def launcher_that_ends_with(status, home):
    """Makes a home whose launcher notes each call in the file calls, and ends with an exit status."""
    launcher = home / "jobs" / "demarche"
    launcher.parent.mkdir()
    launcher.write_text(f'#!/bin/sh\necho "$*" >>{home}/calls\necho "demarche run: what is wrong" >&2\nexit {status}\n')
    launcher.chmod(0o755)
    return home


@pytest.mark.parametrize("status, calls", [(1, 3), (2, 1), (3, 1), (4, 1), (5, 1), (6, 3), (143, 3)])
def test_tries_again_only_what_may_end_otherwise(status, calls, nightly, delivery, tmp_path, capfd):
    home = launcher_that_ends_with(status, tmp_path)
    assert nightly(home).state == "failed"
    assert len((home / "calls").read_text().splitlines()) == calls
    assert f"exit status {status}:\ndemarche run: what is wrong" in capfd.readouterr().out


def test_skips_a_day_without_a_delivery(nightly):
    assert nightly(ROOT).state == "skipped"


def test_returns_the_manifest_of_the_run(nightly, delivery):
    (delivery / "articles.jsonl").write_text('{"id": "1", "text": "Ada Quist called for calm."}\n')
    instance = nightly(ROOT)
    assert instance.state == "success"
    manifest = instance.xcom_pull(task_ids="run")
    assert manifest["exit_code"] == 0
    assert manifest["counts"]["ingest"]["articles"] == 1
    assert "configuration" not in manifest


def test_fails_with_the_line_of_the_gate(nightly, delivery, capfd):
    (delivery / "articles.jsonl").write_text('{"text": "Ada Quist said so."}\n{"text"\n')
    assert nightly(ROOT).state == "failed"
    assert "records were rejected, more than" in capfd.readouterr().out


def test_fails_on_a_faulty_option(nightly, delivery, capfd):
    assert nightly(ROOT, ["--no-such-option"]).state == "failed"
    assert "exit status 2:" in capfd.readouterr().out

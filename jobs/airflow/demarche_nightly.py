"""The nightly run of Demarche as a DAG for Airflow 3.1 or later: copy this file into Airflow's folder of DAGs.

Its one task takes in the delivery of its day, the folder DELIVERIES/YYYY-MM-DD. The exit status of the run decides the
state of the task:

    0 done                       success; the task's XCom is the manifest of the run without its settings and inputs
    2, 4, 5 configuration,       failed at once: the same run would end the same way; the exception has the line that
    a gate, the model            says what is wrong, for a gate with its figure
    3 input missing or damaged   skipped if nothing was delivered for the day, else failed at once
    1, 6 unexpected, output      tried again after a while, then failed
    in the way; or killed

The worker needs the checkout with a built jar (params.home). With SPARK_HOME and SPARK_MASTER in its environment the run is
submitted to that cluster. Where the warehouse is on an object store, Airflow needs that store's provider to read the
manifest.
"""

import json
import subprocess
import tempfile
from collections import deque
from datetime import datetime, timedelta
from pathlib import Path

from airflow.sdk import ObjectStoragePath, Param, dag, task
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

INPUT_MISSING = 3
NEEDS_A_PERSON = {2, INPUT_MISSING, 4, 5}


@task(retries=2, retry_delay=timedelta(minutes=10))
def run(home, articles, warehouse, options):
    """Runs Demarche on the articles, and returns what the manifest says of the run."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "result.json")
        command = [f"{home}/jobs/demarche", "run", "--articles", articles, "--warehouse", warehouse]
        status, errors = execute([*command, "--json", str(result), *options])
        if status == 0:
            run_id = json.loads(result.read_text())["run_id"]
            manifest = json.loads(ObjectStoragePath(f"{warehouse}/_runs/{run_id}/manifest.json").read_text())
            return {key: value for key, value in manifest.items() if key not in ("configuration", "inputs")}
    reason = f"demarche run ended with exit status {status}:\n{errors}"
    if status == INPUT_MISSING and not ObjectStoragePath(articles).exists():
        raise AirflowSkipException(reason)
    if status in NEEDS_A_PERSON:
        raise AirflowFailException(reason)
    raise AirflowException(reason)


def execute(command):
    """Runs a command and shows its output in the task's log; returns its exit status and the last lines of its errors."""
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", errors="replace") as process:
        try:
            lines = deque(maxlen=20)
            for line in process.stderr:
                print(line, end="", flush=True)
                lines.append(line)
        except BaseException:  # Airflow stops a task by an exception: the run must not outlive its task
            process.terminate()
            raise
    return process.returncode, "".join(lines)


@dag(
    schedule="45 23 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,  # a warehouse takes one run at a time
    tags=["demarche"],
    params={
        "home": Param("/opt/demarche", type="string", description="the checkout of Demarche, with its jar built"),
        "deliveries": Param("/press/in", type="string", description="the folder that has a folder for each day"),
        "warehouse": Param("/press/warehouse", type="string", description="where the tables are"),
        "options": Param([], type="array", description="further options of demarche run, such as --config and its FILE"),
    },
    render_template_as_native_obj=True,
)
def demarche_nightly():
    run(
        home="{{ params.home }}",
        articles="{{ params.deliveries }}/{{ ds }}",
        warehouse="{{ params.warehouse }}",
        options="{{ params.options }}",
    )


demarche_nightly()

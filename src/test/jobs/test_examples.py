"""The examples of jobs/ci, jobs/systemd and jobs/cron: by their schemas, and run on articles that pass and that do not."""

import configparser
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
JOBS = ROOT / "jobs"
GOOD = '{"id": "1", "text": "Ada Quist called for calm. Her deputy rejected the offer."}\n'
BAD = '{"text"\n'


@pytest.mark.parametrize("schema, file", [("github-workflows", "github-actions.yml"), ("gitlab-ci", "gitlab-ci.yml")])
def test_fits_the_schema_of_its_service(schema, file):
    checker = Path(sys.executable).with_name("check-jsonschema")
    ended = subprocess.run([checker, "--builtin-schema", f"vendor.{schema}", JOBS / "ci" / file], capture_output=True)
    assert ended.returncode == 0, ended.stdout


def github_script():
    steps = yaml.safe_load((JOBS / "ci/github-actions.yml").read_text())["jobs"]["run"]["steps"]
    return next(step["run"] for step in steps if "run" in step)


def gitlab_script():
    return "\n".join(yaml.safe_load((JOBS / "ci/gitlab-ci.yml").read_text())["demarche"]["script"])


def cron_line():
    line = (JOBS / "cron/demarche").read_text().splitlines()[-1]
    *when, user, command = line.split(maxsplit=6)
    assert when == ["30", "2", "*", "*", "*"] and user == "press"
    return command


def systemd_service():
    unit = configparser.ConfigParser(strict=False)
    unit.optionxform = str
    unit.read(JOBS / "systemd/demarche.service")
    return unit["Service"]


@pytest.fixture
def place(tmp_path):
    """A folder that stands for the machine of the examples, with an empty delivery and a configuration."""
    (tmp_path / "in").mkdir()
    (tmp_path / "demarche").mkdir()
    (tmp_path / "jobs").symlink_to(JOBS)
    conf = f'warehouse = "{tmp_path}/warehouse"\narticles.paths = ["{tmp_path}/in"]\n'
    (tmp_path / "demarche.conf").write_text(conf)
    return tmp_path


def moved(text, place):
    """Returns a text of an example with its paths moved to a place."""
    for path, there in {
        "/etc/demarche/": f"{place}/",
        "/opt/demarche/": f"{ROOT}/",
        "/press/": f"{place}/",
        "/var/log/": f"{place}/",
    }.items():
        text = text.replace(path, there)
    return text


def run(script, place, articles, shell=("bash", "-e", "-o", "pipefail")):
    (place / "in" / "articles.jsonl").write_text(articles)
    settings = {"ARTICLES": f"{place}/in", "WAREHOUSE": f"{place}/warehouse"}
    command = [*shell, "-c", moved(script, place)]
    return subprocess.run(command, cwd=place, env=os.environ | settings, capture_output=True, text=True)


@pytest.mark.parametrize("script, articles, status", [(github_script, GOOD, 0), (github_script, BAD, 4), (gitlab_script, BAD, 4)])
def test_continuous_integration_ends_as_the_run_does_and_keeps_its_manifest(script, articles, status, place):
    ended = run(script(), place, articles)
    assert ended.returncode == status, ended.stderr
    assert json.loads((place / "run" / "manifest.json").read_text())["exit_code"] == status
    if script is github_script and status:
        shown = next(line for line in ended.stdout.splitlines() if line.startswith("::error"))
        assert "A gate stopped the run" in shown and "records were rejected, more than" in shown


def test_cron_mails_only_a_failure(place):
    ended = run(cron_line(), place, GOOD, ["sh"])
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    [log] = (place / "demarche").iterdir()
    assert "1 article" in log.read_text()
    ended = run(cron_line(), place, BAD, ["sh"])
    status, reason = ended.stdout.splitlines()
    failed = next(each for each in (place / "demarche").iterdir() if each != log)
    assert status == f"demarche run: exit status 4, {failed}"
    assert "records were rejected, more than" in reason


def test_cron_keeps_a_second_run_out(place):
    ended = run(f"flock {place}/demarche.lock sh -c '{cron_line()}'", place, GOOD, ["sh"])
    assert ended.stdout.startswith("demarche run: exit status 6, ")
    assert len(ended.stdout.splitlines()) == 1
    assert not (place / "warehouse").exists()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_units(place):
    for unit in ("demarche.service", "demarche.timer"):
        (place / unit).write_text(moved((JOBS / "systemd" / unit).read_text(), place))
    command = ["systemd-analyze", "verify", place / "demarche.service", place / "demarche.timer"]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_systemd_starts_the_run_and_tries_again_only_what_may_end_otherwise(place):
    service = systemd_service()
    assert run(service["ExecStart"], place, BAD).returncode == 4
    assert service["Restart"] == "on-failure"
    assert service["RestartPreventExitStatus"].split() == ["2", "3", "4", "5"]

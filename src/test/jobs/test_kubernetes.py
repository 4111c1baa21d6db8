"""The manifests of jobs/kubernetes, by the models that the Spark operator generates from its definitions."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from kubeflow_spark_api.models.spark_v1beta2_scheduled_spark_application import SparkV1beta2ScheduledSparkApplication
from kubeflow_spark_api.models.spark_v1beta2_spark_application import SparkV1beta2SparkApplication

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "jobs" / "kubernetes"
MODELS = {"application.yaml": SparkV1beta2SparkApplication, "scheduled.yaml": SparkV1beta2ScheduledSparkApplication}


def manifest(name):
    return yaml.safe_load((FOLDER / name).read_text())


def image_paths():
    """Returns what the Dockerfile copies into the image unless told otherwise: the path there, and the file here."""
    text = (FOLDER / "Dockerfile").read_text()
    text = text.replace("${JARS}", re.search("^ARG JARS=(.+)$", text, re.MULTILINE).group(1))
    copy = next(line for line in text.splitlines() if line.startswith("COPY "))
    *sources, folder = copy.split()[1:]
    return {folder + Path(source).name: ROOT / source for source in sources}


@pytest.mark.parametrize("name", MODELS)
def test_has_only_fields_of_the_operator_with_their_types(name):
    # The models raise for a wrong type or a missing field, and leave out a field that they do not know.
    assert MODELS[name].from_dict(manifest(name)).to_dict() == manifest(name)


def test_schedules_the_same_application():
    assert manifest("scheduled.yaml")["spec"]["template"] == manifest("application.yaml")["spec"]


def test_names_the_versions_of_the_build():
    pom = (ROOT / "pom.xml").read_text()
    version = re.search("<artifactId>demarche</artifactId>\\s*<version>(.+?)<", pom).group(1)
    spark = re.search("<spark.version>(.+?)<", pom).group(1)
    spec = manifest("application.yaml")["spec"]
    assert spec["image"].endswith(f"/demarche:{version}")
    assert spec["sparkVersion"] == spark
    assert f"ARG SPARK={spark}-" in (FOLDER / "Dockerfile").read_text()


def test_starts_the_jar_that_the_image_has():
    path = manifest("application.yaml")["spec"]["mainApplicationFile"].removeprefix("local://")
    assert image_paths()[path].is_file()


def test_copies_only_what_the_build_leaves_and_the_context_has():
    sources = {str(path.relative_to(ROOT)) for path in image_paths().values()}
    kept = {line[1:] for line in (FOLDER / "Dockerfile.dockerignore").read_text().split() if line.startswith("!")}
    assert sources == {path for path in kept if "*" not in path}
    assert {path.replace("/", "/spark-*/") for path in sources} == {path for path in kept if "*" in path}
    assert all(path.is_file() for path in image_paths().values())


def test_dockerfile_passes_the_linter():
    linter = Path(sys.executable).with_name("hadolint")
    ended = subprocess.run([linter, FOLDER / "Dockerfile"], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize("printed, status", [("\t exit code: 0\n", 0), ("\t exit code: 4\n", 4), ("no such image\n", 1)])
def test_submit_script_ends_as_the_driver_in_the_cluster_does(printed, status, tmp_path):
    submit = tmp_path / "bin" / "spark-submit"
    submit.parent.mkdir()
    submit.write_text(f"#!/bin/sh\nprintf '{printed}' >&2\n")
    submit.chmod(0o755)
    command = [ROOT / "jobs/submit-kubernetes.sh", "k8s://https://127.0.0.1:6443", "--help"]
    ended = subprocess.run(command, env={**os.environ, "SPARK_HOME": str(tmp_path), "IMAGE": "demarche"})
    assert ended.returncode == status

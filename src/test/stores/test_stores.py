"""Warehouses elsewhere than in a folder of Parquet: tables in Iceberg, read by DuckDB, and a store that speaks S3.

They use the jar for Spark 3.5 and the distribution of that Spark, which .ci/run builds and fetches; without these they are skipped.
"""

import csv
import json
import os
import socket
import subprocess
from pathlib import Path

import boto3
import duckdb
import pytest
from moto.server import ThreadedMotoServer

ROOT = Path(__file__).resolve().parents[3]
TARGET = ROOT / "target/spark-3.5"
SPARK = next(iter(sorted((ROOT / "target/pyspark").glob("pyspark-3.5*/deps"))), None)

pytestmark = pytest.mark.skipif(
    SPARK is None or not (TARGET / "demarche.jar").exists(),
    reason="there is no jar for Spark 3.5, or no Spark 3.5: see .ci/run",
)

# The client of S3 that Hadoop 3.3.4, the one of Spark 3.5, was built for; its one large jar has the same in it.
SDK = "1.12.262"
S3_CLIENT = ["org.apache.hadoop:hadoop-aws:3.3.4", "joda-time:joda-time:2.8.1"] + [
    f"com.amazonaws:{name}:{SDK}"
    for name in ["aws-java-sdk-core", "aws-java-sdk-dynamodb", "aws-java-sdk-kms", "aws-java-sdk-s3", "aws-java-sdk-sts", "jmespath-java"]
]

SMALL = {
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


def story(id, day, text):
    return json.dumps({"id": id, "date": day, "outlet": "Harbour Courier", "text": text}) + "\n"


FIRST = story("1", "2031-03-01", "Ada Quist called for calm. Her deputy rejected the offer.")
SECOND = story("2", "2031-03-02", '"The ferry will sail again," said Ada Quist.')


def submit(command, *options, jars=(), conf=None):
    """Runs a command by spark-submit and returns what it printed."""
    provided = (TARGET / "provided.classpath").read_text().split(":")
    iceberg = [jar for jar in provided if "/iceberg-spark-runtime-" in jar]
    settings = [f"--conf={key}={value}" for key, value in {**SMALL, **(conf or {})}.items()]
    ended = subprocess.run(
        [SPARK / "bin/spark-submit", "--master", "local[2]", "--driver-memory", "1g"]
        + ["--driver-java-options", f"-XX:TieredStopAtLevel=1 -Dlog4j2.configurationFile=file:{ROOT}/conf/log4j2.properties"]
        + ["--jars", ",".join([*iceberg, *map(str, jars)]), *settings]
        + ["--class", "org.demarche.cli.Main", TARGET / "demarche.jar", command, *options],
        capture_output=True,
        text=True,
        env={**os.environ, "SPARK_HOME": str(SPARK)},
    )
    return ended.returncode, ended.stdout, ended.stderr


def succeeded(command, *options, **how):
    status, out, err = submit(command, *options, **how)
    assert status == 0, err
    return out


def test_duckdb_reads_tables_in_iceberg(tmp_path):
    articles = tmp_path / "articles.jsonl"
    articles.write_text(FIRST + SECOND)
    warehouse = tmp_path / "warehouse"
    succeeded(
        "run", "--articles", articles, "--warehouse", warehouse, "--set", "warehouse.format=iceberg"
    )
    succeeded("export", "--warehouse", warehouse, "--table", "speaker_scores", "--out", tmp_path / "scores.csv")
    with open(tmp_path / "scores.csv", newline="") as exported:
        expected = [(row["speaker"], row["window"], float(row["score"])) for row in csv.DictReader(exported)]

    # The packages carry the extensions for the DuckDB of their version.
    import duckdb_ext

    extensions = Path(list(duckdb_ext.__path__)[0]) / "extensions" / f"v{duckdb.__version__}"
    connection = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    for name in ["avro", "iceberg"]:
        connection.load_extension(str(next(extensions.rglob(f"{name}.duckdb_extension"))))
    found = connection.sql(
        f"""SELECT speaker, "window", score FROM iceberg_scan('{warehouse}/speaker_scores')"""
    ).fetchall()
    assert sorted(found) == sorted(expected)
    assert len(found) > 1


@pytest.fixture(scope="module")
def s3_jars(tmp_path_factory):
    folder = tmp_path_factory.mktemp("jars")
    for artifact in S3_CLIENT:
        subprocess.run(
            ["mvn", "-B", "-q", "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={folder}"],
            check=True,
            cwd=ROOT,
        )
    return sorted(folder.glob("*.jar"))


@pytest.fixture
def store():
    """A store that speaks S3, on loopback, with an empty bucket."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port)
    server.start()
    address = f"http://127.0.0.1:{port}"
    client = boto3.client(
        "s3", endpoint_url=address, region_name="us-east-1", aws_access_key_id="any", aws_secret_access_key="any"
    )
    client.create_bucket(Bucket="press")
    yield client, {
        "spark.hadoop.fs.s3a.endpoint": address,
        "spark.hadoop.fs.s3a.endpoint.region": "us-east-1",
        "spark.hadoop.fs.s3a.path.style.access": "true",
        "spark.hadoop.fs.s3a.access.key": "any",
        "spark.hadoop.fs.s3a.secret.key": "any",
    }
    server.stop()


@pytest.mark.parametrize("table_format", ["parquet", "iceberg"])
def test_nights_go_on_in_an_object_store(tmp_path, store, s3_jars, table_format):
    client, conf = store
    warehouse = f"s3a://press/{table_format}"
    accepted = ["--set", "warehouse.accept-object-store=true", "--set", f"warehouse.format={table_format}"]
    for night, text in enumerate([FIRST, SECOND]):
        articles = tmp_path / f"night-{night}.jsonl"
        articles.write_text(text)
        succeeded("run", "--articles", articles, "--warehouse", warehouse, *accepted, jars=s3_jars, conf=conf)
    checked = succeeded("check", "--warehouse", warehouse, *accepted, jars=s3_jars, conf=conf)
    assert "FAULT" not in checked and "whole" in checked
    names = [entry["Key"] for entry in client.list_objects_v2(Bucket="press")["Contents"]]
    assert any(name.startswith(f"{table_format}/articles/") for name in names)
    left = tuple(f"{table_format}/{name}" for name in ["_staging", "_journal", "_lock"])
    assert not [name for name in names if name.startswith(left)]

#!/usr/bin/env bash
# Submits a run to YARN in cluster mode. Usage: jobs/submit-yarn.sh [OPTION …]
# The options are those of `demarche run`; paths are on HDFS or another file system of the cluster.
# A setting can also be a Spark property: --conf spark.demarche.warehouse=hdfs:///demarche
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

exec "${SPARK_HOME:?set SPARK_HOME to a Spark 4.1 distribution}/bin/spark-submit" \
  --master yarn \
  --deploy-mode cluster \
  --num-executors "${EXECUTORS:-8}" \
  --properties-file "$home/conf/spark-defaults.conf" \
  --class org.demarche.cli.Main \
  "${DEMARCHE_JAR:-$home/target/demarche.jar}" run "$@"

#!/usr/bin/env bash
# Submits a run to YARN. Usage: jobs/submit-yarn.sh [OPTION …]
# The options are those of `demarche run`; paths are on HDFS or another file system of the cluster.
# A setting can also be a Spark property: --conf spark.demarche.warehouse=hdfs:///demarche
#
#   DEMARCHE_JAR      the batch jar, unless set demarche.jar as built for the Spark in SPARK_HOME
#   DEMARCHE_ENCODER  any value: ship the sentence encoder too, demarche-encoder.jar beside the batch jar, as a
#                     model of the accurate profile needs it
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jar=${DEMARCHE_JAR:-$("$home/jobs/target-of-spark")/demarche.jar}

# In client mode, where the driver runs here, the exit status of the run is that of this script. In cluster mode it is 1
# for every failure.
exec "${SPARK_HOME:?set SPARK_HOME to a distribution of Spark}/bin/spark-submit" \
  --master yarn \
  --deploy-mode "${DEPLOY_MODE:-client}" \
  --num-executors "${EXECUTORS:-8}" \
  --properties-file "$home/conf/spark-defaults.conf" \
  ${DEMARCHE_ENCODER:+--jars "${jar%.jar}-encoder.jar"} \
  --class org.demarche.cli.Main \
  "$jar" run "$@"

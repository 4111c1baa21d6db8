#!/usr/bin/env bash
# Submits a run to a Spark standalone cluster. Usage: jobs/submit-standalone.sh spark://HOST:7077 [OPTION …]
# The options are those of `demarche run`. The warehouse, the articles and the configuration must lie
# where every machine of the cluster reaches them (hdfs://, s3a://, a shared mount).
#
#   DEMARCHE_JAR      the batch jar, unless set demarche.jar as built for the Spark in SPARK_HOME
#   DEMARCHE_ENCODER  any value: ship the sentence encoder too, demarche-encoder.jar beside the batch jar, as a
#                     model of the accurate profile needs it
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jar=${DEMARCHE_JAR:-$("$home/jobs/target-of-spark")/demarche.jar}
master=${1:?give the master, such as spark://HOST:7077}
shift

# The driver runs here, so that the exit status of the run is that of this script. In cluster mode spark-submit ends with 0
# however the run ends.
exec "${SPARK_HOME:?set SPARK_HOME to a distribution of Spark}/bin/spark-submit" \
  --master "$master" \
  --properties-file "$home/conf/spark-defaults.conf" \
  ${DEMARCHE_ENCODER:+--jars "${jar%.jar}-encoder.jar"} \
  --class org.demarche.cli.Main \
  "$jar" run "$@"

#!/usr/bin/env bash
# Submits a run to Kubernetes in cluster mode. Usage: jobs/submit-kubernetes.sh k8s://https://HOST:6443 [OPTION …]
# The options are those of `demarche run`. The image is a Spark 4.2 image with Java 17 that has the jar at
# /opt/demarche/demarche.jar, for example:
#   FROM apache/spark:4.2.0-java17
#   COPY target/demarche.jar /opt/demarche/demarche.jar
#
#   DEMARCHE_ENCODER  any value: the image has the sentence encoder too, target/demarche-encoder.jar at
#                     /opt/demarche/demarche-encoder.jar, as a model of the accurate profile needs it
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
master=${1:?give the API server, such as k8s://https://HOST:6443}
shift

exec "${SPARK_HOME:?set SPARK_HOME to a Spark 4.2 distribution}/bin/spark-submit" \
  --master "$master" \
  --deploy-mode cluster \
  --name demarche \
  --conf spark.kubernetes.container.image="${IMAGE:?set IMAGE to an image with the jar}" \
  --conf spark.kubernetes.namespace="${NAMESPACE:-default}" \
  --conf spark.kubernetes.authenticate.driver.serviceAccountName="${SERVICE_ACCOUNT:-spark}" \
  --conf spark.executor.instances="${EXECUTORS:-8}" \
  --properties-file "$home/conf/spark-defaults.conf" \
  ${DEMARCHE_ENCODER:+--jars local:///opt/demarche/demarche-encoder.jar} \
  --class org.demarche.cli.Main \
  local:///opt/demarche/demarche.jar run "$@"

#!/usr/bin/env bash
# Submits a run to Kubernetes in cluster mode. Usage: jobs/submit-kubernetes.sh k8s://https://HOST:6443 [OPTION …]
# The options are those of `demarche run`. IMAGE is made by jobs/kubernetes/Dockerfile.
#
#   DEMARCHE_ENCODER  any value: load the sentence encoder too, as a model of the accurate profile needs it
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
master=${1:?give the API server, such as k8s://https://HOST:6443}
shift

log=$(mktemp)
trap 'rm -f "$log"' EXIT
"${SPARK_HOME:?set SPARK_HOME to a distribution of Spark}/bin/spark-submit" \
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
  local:///opt/demarche/demarche.jar run "$@" 2>&1 | tee "$log"

# spark-submit ends with 0 however the run ends. The exit status of the driver is in what it prints at the end.
status=$(sed -n 's/.*exit code: \([0-9][0-9]*\).*/\1/p' "$log" | tail -n 1)
exit "${status:-1}"

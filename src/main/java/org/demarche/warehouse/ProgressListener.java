package org.demarche.warehouse;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.demarche.console.Progress;

/** Reports the stages and tasks of a Spark application to a {@link Progress}. */
final class ProgressListener extends SparkListener {

  private final Progress progress;

  ProgressListener(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    progress.stepBegins(submitted.stageInfo().numTasks());
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted completed) {
    progress.stepEnds();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    var metrics = end.taskMetrics();
    progress.taskEnds(
        end.taskInfo().successful(),
        metrics == null ? 0 : metrics.executorCpuTime(),
        metrics == null ? 0 : metrics.outputMetrics().recordsWritten());
  }
}

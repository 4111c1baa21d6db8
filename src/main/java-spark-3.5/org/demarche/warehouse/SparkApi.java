package org.demarche.warehouse;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.objects.AssertNotNull;
import scala.collection.immutable.List;
import scala.collection.immutable.List$;

/** What Spark 3.5 and Spark 4 do by different classes. This is for Spark 3.5. */
final class SparkApi {

  private SparkApi() {}

  /** Returns what makes a session inside this process. */
  static SparkSession.Builder builder() {
    return SparkSession.builder();
  }

  /** Returns {@code column} without nulls: where it is null, the message has {@code name}. */
  static Column notNull(Column column, String name) {
    List<String> path = List$.MODULE$.<String>empty().$colon$colon("column " + name);
    return new Column(new AssertNotNull(column.expr(), path));
  }
}

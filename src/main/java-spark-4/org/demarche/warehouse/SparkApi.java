package org.demarche.warehouse;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.objects.AssertNotNull;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.classic.SparkSession;
import scala.collection.immutable.List;
import scala.collection.immutable.List$;

/** What Spark 3.5 and Spark 4 do by different classes. This is for Spark 4. */
final class SparkApi {

  private SparkApi() {}

  /**
   * Returns what makes a session inside this process. Without naming its class, Spark 4 finds it by
   * reflection, which takes half a second.
   */
  static SparkSession.Builder builder() {
    return SparkSession.builder();
  }

  /** Returns {@code column} without nulls: where it is null, the message has {@code name}. */
  static Column notNull(Column column, String name) {
    List<String> path = List$.MODULE$.<String>empty().$colon$colon("column " + name);
    return ExpressionUtils.column(new AssertNotNull(ExpressionUtils.expression(column), path));
  }
}

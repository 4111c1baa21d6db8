package org.demarche.pipeline;

import java.util.List;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Names of columns as Spark's joins on several columns take them. */
public final class ScalaSeq {

  private ScalaSeq() {}

  public static Seq<String> of(String... names) {
    return CollectionConverters.asScala(List.of(names)).toSeq();
  }
}

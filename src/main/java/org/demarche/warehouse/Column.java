package org.demarche.warehouse;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes the column of a table that a component of a record stands for; see {@link RecordCodec}.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
@interface Column {

  /** What the column means: a comment in the data dictionary, Parquet files and databases. */
  String value();

  /** Whether the column can be null; ignored for primitives (never) and boxed numbers (always). */
  boolean nullable() default false;
}

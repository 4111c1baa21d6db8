package org.demarche.warehouse;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a component of a record what it means as a column of a table; see {@link RecordCodec}.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
@interface Column {

  /** The meaning, written into the data dictionary, the Parquet files and the databases. */
  String value();

  /** Whether the column can be null. A primitive never is, and a boxed number always can be. */
  boolean nullable() default false;
}

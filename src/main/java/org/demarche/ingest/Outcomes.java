package org.demarche.ingest;

import java.io.Closeable;
import java.util.Iterator;

/**
 * The outcomes of reading one file, record by record. Only a failure of the storage is thrown, as
 * an {@link java.io.UncheckedIOException}, because reading again may help.
 */
public interface Outcomes extends Iterator<Outcome>, Closeable {}

package org.demarche.ingest;

/**
 * One open file of a single format: an input file, or a member of an archive.
 *
 * @param bytes its content, decompressed
 * @param file path of the input file, for {@link Outcome.Origin}
 * @param name name of the file itself, which for a member of an archive is not that of the archive
 * @param options how to read it
 */
record Input(InputBytes bytes, String file, String name, InputOptions options) {

  Limits limits() {
    return options.limits();
  }

  FieldNames fields() {
    return options.names();
  }
}

package org.demarche.ingest;

import java.io.IOException;
import java.util.Optional;

/**
 * One open file of a single format: an input file, or a member of an archive.
 *
 * @param bytes its content, unpacked
 * @param file path of the input file, for {@link Outcome.Origin}
 * @param name name of the file itself, which for a member of an archive is not that of the archive
 * @param options how to read it
 */
record Input(InputBytes bytes, String file, String name, InputOptions options) {

  /**
   * Opens the records: those of an archive's members, or those of the file in its format.
   *
   * @param depth how many archives are around the file
   */
  Records records(int depth) throws IOException {
    byte[] first = bytes.peek(InputBytes.HEAD);
    Optional<Archive> archive = Archive.of(first);
    if (archive.isPresent()) {
      return new ArchiveRecords(this, archive.get(), depth);
    }
    Optional<ArticleFormat> bare =
        options
            .declaredFormat()
            .or(() -> Optional.of(ArticleFormats.of(new Head(first, options.names()), name)))
            .filter(format -> !format.isText());
    if (bare.isPresent()) {
      return bare.get().open(this);
    }
    InputBytes text = bytes.decoded(options.declaredEncoding());
    Head head = new Head(text.peek(InputBytes.HEAD), options.names());
    ArticleFormat format = options.declaredFormat().orElseGet(() -> ArticleFormats.of(head, name));
    return format.open(new Input(text, file, name, options));
  }

  /**
   * Opens records of JSON, each of which is a line whatever the first line looks like: a part of a
   * file of JSON lines may begin with a damaged one.
   */
  Records jsonLines() throws IOException {
    InputBytes text = bytes.decoded(options.declaredEncoding());
    return JsonRecords.ofLines(new Input(text, file, name, options));
  }

  Limits limits() {
    return options.limits();
  }

  FieldNames fields() {
    return options.names();
  }
}

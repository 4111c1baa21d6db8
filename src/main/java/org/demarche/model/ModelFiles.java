package org.demarche.model;

import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.text.Sha256;

/**
 * The files that a model is stored in: {@code model.json} (scale, provenance, figures), one file
 * with the numbers of its table ({@link ModelFormat}), {@code encoder.bin} in an accurate model
 * ({@link EncoderPart}) and {@code rows.bin} (hashes of the statements it learnt from, {@link
 * LearntRows}; older models lack it). The same model gives the same files, byte for byte.
 *
 * @param files contents by name
 * @param encoderDirectory directory of an accurate model's encoder; null for the bundled one
 */
public record ModelFiles(Map<String, byte[]> files, String encoderDirectory)
    implements Serializable {

  public static final String HEAD = "model.json";

  /** Reads the files of a model from a directory, the class path or elsewhere. */
  @FunctionalInterface
  public interface Source {

    /** Returns the content of the file {@code name}, or null if there is none. */
    byte[] bytes(String name) throws IOException;
  }

  /** Returns the files that scoring reads: all but {@code rows.bin}. */
  public static ModelFiles of(ScaleModel model, String encoderDirectory) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(HEAD, ModelJson.bytes(model));
    files.putAll(model.files());
    return new ModelFiles(files, encoderDirectory);
  }

  /** Reads all model files that {@code source} has, whatever the kind of model. */
  public static ModelFiles from(Source source, String encoderDirectory) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    put(files, HEAD, source);
    for (ModelFormat format : ModelFormat.all()) {
      put(files, format.file(), source);
    }
    put(files, EncoderPart.FILE, source);
    put(files, LearntRows.FILE, source);
    return new ModelFiles(files, encoderDirectory);
  }

  private static void put(Map<String, byte[]> files, String name, Source source)
      throws IOException {
    byte[] bytes = source.bytes(name);
    if (bytes != null) {
      files.put(name, bytes);
    }
  }

  /**
   * Builds the model from these files.
   *
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if files are missing or
   *     damaged, or the model needs an encoder that is not available
   */
  public ScaleModel toModel() {
    if (!files.containsKey(HEAD)) {
      throw DemarcheException.modelIncompatible("The model has no " + HEAD);
    }
    ModelJson head = ModelJson.of(files.get(HEAD));
    ModelMetadata metadata =
        head.metadata(
            files.containsKey(LearntRows.FILE)
                ? LearntRows.fromBytes(files.get(LearntRows.FILE))
                : LearntRows.UNKNOWN);
    ModelFormat format = format();
    ScaleModel table = format.read(head.scale(), files.get(format.file()), metadata);
    EncoderPart part =
        files.containsKey(EncoderPart.FILE)
            ? EncoderPart.fromBytes(files.get(EncoderPart.FILE))
            : null;
    if (head.isAccurate() != (part != null)) {
      throw damaged(
          "model.json is of the profile %s, but %s is %s"
              .formatted(head.profile(), EncoderPart.FILE, part == null ? "missing" : "there"),
          null);
    }
    checkDigest(head, format.file());
    if (part == null) {
      return table;
    }
    checkDigest(head, EncoderPart.FILE);
    return new BlendedModel(table, part, metadata, encoderDirectory);
  }

  /** Returns the exception for a model whose files are damaged or do not fit together. */
  static DemarcheException damaged(String what, Throwable cause) {
    return DemarcheException.modelIncompatible(
        what + "; copy the model here again, or train it again by `demarche train`", cause);
  }

  private ModelFormat format() {
    return ModelFormat.all().stream()
        .filter(format -> files.containsKey(format.file()))
        .findFirst()
        .orElseThrow(
            () ->
                damaged(
                    "The model has no file with its numbers: it needs one of "
                        + ModelFormat.all().stream()
                            .map(ModelFormat::file)
                            .collect(Collectors.joining(", ")),
                    null));
  }

  private void checkDigest(ModelJson head, String name) {
    if (!Sha256.hex(files.get(name)).equals(head.digest(name))) {
      throw damaged("%s does not belong to model.json (its SHA-256 differs)".formatted(name), null);
    }
  }

  private Object readResolve() {
    return toModel();
  }
}

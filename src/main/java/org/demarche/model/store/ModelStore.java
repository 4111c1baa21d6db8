package org.demarche.model.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.model.LearntRows;
import org.demarche.model.ModelFiles;
import org.demarche.model.ScaleModel;

/**
 * Saves and loads models. A model is a directory with its {@link ModelFiles} and {@code
 * MODEL_CARD.md}, which tells people what {@code model.json} tells programs.
 */
public final class ModelStore {

  private static final String CARD = "MODEL_CARD.md";
  private static final String BUNDLED = "/org/demarche/models/";

  private ModelStore() {}

  /**
   * Writes {@code model} to {@code directory} and replaces a model that is there. Readers find the
   * old model or the new one, or for a moment none, but never a part of one.
   *
   * @throws FileAlreadyExistsException if something other than a model is there
   * @throws IOException if the files cannot be written
   */
  public static void save(ScaleModel model, Path directory) throws IOException {
    Path place = directory.toAbsolutePath().normalize();
    if (Files.exists(place) && !Files.isDirectory(place) || holdsSomethingElse(place)) {
      throw new FileAlreadyExistsException(
          directory.toString(), null, "is there already and is not a model");
    }
    Files.createDirectories(place.getParent());
    Path made = createBeside(place);
    try {
      for (Map.Entry<String, byte[]> file : ModelFiles.of(model, null).files().entrySet()) {
        Files.write(made.resolve(file.getKey()), file.getValue());
      }
      if (model.metadata().learnt().areKnown()) {
        Files.write(made.resolve(LearntRows.FILE), model.metadata().learnt().toBytes());
      }
      Files.writeString(made.resolve(CARD), ModelCard.of(model));
      if (Files.exists(place)) {
        Path old = createBeside(place);
        Files.move(place, old.resolve("model"));
        try {
          Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
          Files.move(old.resolve("model"), place);
          throw e;
        } finally {
          delete(old);
        }
      } else {
        Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      delete(made);
    }
  }

  /**
   * Creates a directory with the usual permissions; Java's temporary directories are closed to
   * other users.
   */
  private static Path createBeside(Path place) throws IOException {
    return Files.createDirectory(
        place.resolveSibling("." + place.getFileName() + "-" + UUID.randomUUID()));
  }

  /** Returns whether {@code place} is a folder with files, but without a model. */
  public static boolean holdsSomethingElse(Path place) throws IOException {
    if (!Files.isDirectory(place) || Files.exists(place.resolve(ModelFiles.HEAD))) {
      return false;
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.findAny().isPresent();
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> found = Files.walk(directory)) {
      files = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  /**
   * Reads the model at {@code directory}.
   *
   * @param encoderDirectory directory of an accurate model's encoder; null for the bundled one
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if there is no model, or it
   *     cannot be used
   */
  public static ScaleModel load(Path directory, String encoderDirectory) {
    return load(
        directory.toString(),
        name ->
            name.equals(ModelFiles.HEAD) || Files.exists(directory.resolve(name))
                ? Files.readAllBytes(directory.resolve(name))
                : null,
        encoderDirectory);
  }

  /**
   * Reads a model from {@code source}.
   *
   * @param place names the source in messages
   * @throws DemarcheException as for {@link #load(Path, String)}
   */
  public static ScaleModel load(String place, ModelFiles.Source source, String encoderDirectory) {
    ModelFiles files;
    try {
      files = ModelFiles.from(source, encoderDirectory);
    } catch (IOException e) {
      throw DemarcheException.modelIncompatible(
          "No model at %s: cannot read %s".formatted(place, e.getMessage()), e);
    }
    try {
      return files.toModel();
    } catch (DemarcheException e) {
      throw DemarcheException.modelIncompatible("Model " + place + ": " + e.getMessage(), e);
    }
  }

  /** Returns whether a model called {@code name} is bundled. */
  public static boolean isBundled(String name) {
    return name.matches("[a-z0-9-]+")
        && ModelStore.class.getResource(BUNDLED + name + "/" + ModelFiles.HEAD) != null;
  }

  /**
   * Reads the bundled model {@code name}, such as {@code stance}.
   *
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if there is no such model, or
   *     it needs an encoder that is not available
   */
  public static ScaleModel loadBundled(String name) {
    if (!isBundled(name)) {
      throw DemarcheException.modelIncompatible("No model named '" + name + "' is bundled");
    }
    try {
      return ModelFiles.from(file -> bundled(name + "/" + file), null).toModel();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bundled(String file) throws IOException {
    try (InputStream in = ModelStore.class.getResourceAsStream(BUNDLED + file)) {
      return in == null ? null : in.readAllBytes();
    }
  }
}

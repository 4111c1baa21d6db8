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
 * Where models are kept: a directory with the {@link ModelFiles} of a model and {@code
 * MODEL_CARD.md}, which says for people what {@code model.json} says.
 */
public final class ModelStore {

  private static final String CARD = "MODEL_CARD.md";
  private static final String BUNDLED = "/org/demarche/models/";

  private ModelStore() {}

  /**
   * Writes {@code model} to {@code directory}, in place of the model that may be there. A reader
   * finds the old model or the new one, for a moment between two moves none, and never a half.
   *
   * @throws FileAlreadyExistsException if there is something else than a model at that place
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

  /** With the usual permissions: a temporary directory of Java's is closed to everybody else. */
  private static Path createBeside(Path place) throws IOException {
    return Files.createDirectory(
        place.resolveSibling("." + place.getFileName() + "-" + UUID.randomUUID()));
  }

  private static boolean holdsSomethingElse(Path place) throws IOException {
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
   * @param encoderDirectory where the encoder of an accurate model is; null for the bundled one
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if there is no model, or one
   *     that cannot be used here
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
   * Reads the model whose files {@code source} has.
   *
   * @param place where that is, for messages
   * @throws DemarcheException as for {@link #load(Path, String)}
   */
  public static ScaleModel load(String place, ModelFiles.Source source, String encoderDirectory) {
    try {
      return ModelFiles.from(source, encoderDirectory).toModel();
    } catch (DemarcheException e) {
      throw DemarcheException.modelIncompatible("Model " + place + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw DemarcheException.modelIncompatible(
          "No model at %s: cannot read %s".formatted(place, e.getMessage()), e);
    }
  }

  /** Reads the model at {@code directory}; an accurate one with the bundled encoder. */
  public static ScaleModel load(Path directory) {
    return load(directory, null);
  }

  /** Returns whether a model of that name is bundled with this version of Demarche. */
  public static boolean isBundled(String name) {
    return name.matches("[a-z0-9-]+")
        && ModelStore.class.getResource(BUNDLED + name + "/" + ModelFiles.HEAD) != null;
  }

  /**
   * Reads the bundled model {@code name}, such as {@code stance}.
   *
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if there is none of that
   *     name, or it needs an encoder that is not to be had here
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

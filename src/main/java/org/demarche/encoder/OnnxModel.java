package org.demarche.encoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a model in the ONNX format, read as far as needed to have the outputs of inner
 * layers handed out too. ONNX Runtime gives only what a model names as its outputs, and Demarche
 * does not ship changed models; so the names are added in memory.
 *
 * <p>The format is a protocol buffer ({@code onnx.proto}): field 7 of the model is the graph; in
 * it, field 1 is a node with its outputs in field 2, field 5 a constant with its dimensions in
 * field 1 and its name in field 8, field 12 an output with its name in field 1.
 */
final class OnnxModel {

  private static final int GRAPH = 7;
  private static final int NODE = 1;
  private static final int NODE_OUTPUT = 2;
  private static final int CONSTANT = 5;
  private static final int CONSTANT_DIMENSIONS = 1;
  private static final int CONSTANT_NAME = 8;
  private static final int OUTPUT = 12;
  private static final int OUTPUT_NAME = 1;

  /** Wire type of a field with its length in front. */
  private static final int WITH_LENGTH = 2;

  /** What the exporters of BERT models call the outputs of a layer's nodes, and of its last one. */
  private static final Pattern LAYER =
      Pattern.compile(
          "(?:/\\w+)?/encoder/layer\\.(\\d{1,3})/"
              + "(output/LayerNorm/(?:Add_1|LayerNormalization)_output_0$)?.*");

  private static final Pattern POSITIONS =
      Pattern.compile("(?:\\w+\\.)?embeddings\\.position_embeddings\\.weight(?:_quantized)?");

  private final byte[] bytes;

  /** By layer, from 0; the last one's is missing, being the model's own output by another name. */
  private final Map<Integer, String> layerEnds = new HashMap<>();

  private int layers;
  private int positions = Integer.MAX_VALUE;

  /**
   * @throws IllegalArgumentException if the bytes are no protocol buffer
   */
  OnnxModel(byte[] bytes) {
    this.bytes = bytes;
    try {
      Fields model = new Fields(0, bytes.length);
      while (model.next()) {
        if (model.is(GRAPH)) {
          readGraph(model.content());
        }
      }
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("it is not an ONNX model", e);
    }
  }

  private void readGraph(Fields graph) {
    while (graph.next()) {
      if (graph.is(NODE)) {
        Fields node = graph.content();
        while (node.next()) {
          if (node.is(NODE_OUTPUT)) {
            String name = node.text();
            Matcher output = LAYER.matcher(name);
            if (output.matches()) {
              int layer = Integer.parseInt(output.group(1));
              layers = Math.max(layers, layer + 1);
              if (output.group(2) != null) {
                layerEnds.put(layer, name);
              }
            }
          }
        }
      } else if (graph.is(CONSTANT)) {
        readConstant(graph.content());
      }
    }
  }

  private void readConstant(Fields constant) {
    long rows = -1;
    while (constant.next()) {
      if (constant.field == CONSTANT_DIMENSIONS && rows < 0) {
        // One number after the other, or all in one field.
        rows = constant.is(CONSTANT_DIMENSIONS) ? constant.content().number() : constant.value;
      } else if (constant.is(CONSTANT_NAME) && POSITIONS.matcher(constant.text()).matches()) {
        positions = (int) Math.min(rows, Integer.MAX_VALUE);
      }
    }
  }

  /** Returns the number of word pieces that the model has positions for, or the largest int. */
  int positions() {
    return positions;
  }

  /**
   * Returns the names of the inner outputs to read, lower layers first: those after layers 5, 7, 9
   * and 10 of 12, and as far up in models with more or fewer layers. The last layer is not among
   * them, since every model gives it. Empty where the layers are named in a way not known here.
   */
  List<String> innerOutputs() {
    List<String> names = new ArrayList<>();
    for (int of12 : new int[] {5, 7, 9, 10}) {
      int layer = (int) Math.round(layers * of12 / 12.0);
      String name = layerEnds.get(layer - 1);
      if (name != null && layer < layers && !names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  /** Returns the model with {@code names} among its outputs. */
  byte[] withOutputs(List<String> names) {
    // A second occurrence of a message is merged into the first, so that appending is enough.
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 1024);
    out.writeBytes(bytes);
    for (String name : names) {
      out.writeBytes(field(GRAPH, field(OUTPUT, field(OUTPUT_NAME, name.getBytes(UTF_8)))));
    }
    return out.toByteArray();
  }

  private static byte[] field(int field, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 4);
    out.write(field << 3 | WITH_LENGTH);
    int length = content.length;
    while (length >= 0x80) {
      out.write(length & 0x7F | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  /** Walks over the fields of one message. */
  private final class Fields {

    private int at;
    private final int end;
    private int field;
    private int type;

    /**
     * The number of a field that is one; else the length of its content, which ends at {@code at}.
     */
    private long value;

    Fields(int start, int end) {
      this.at = start;
      this.end = end;
    }

    boolean next() {
      if (at >= end) {
        return false;
      }
      long key = number();
      field = (int) (key >>> 3);
      type = (int) (key & 7);
      value =
          switch (type) {
            case 0, WITH_LENGTH -> number();
            case 1 -> 8;
            case 5 -> 4;
            default -> throw new IndexOutOfBoundsException("No such field type: " + type);
          };
      if (type != 0) {
        if (value < 0 || value > end - at) {
          throw new IndexOutOfBoundsException("A field ends after its message");
        }
        at += (int) value;
      }
      return true;
    }

    boolean is(int wanted) {
      return field == wanted && type == WITH_LENGTH;
    }

    Fields content() {
      return new Fields(at - (int) value, at);
    }

    String text() {
      return new String(bytes, at - (int) value, (int) value, UTF_8);
    }

    long number() {
      long number = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        byte b = bytes[at++];
        number |= (long) (b & 0x7F) << shift;
        if (b >= 0) {
          return number;
        }
      }
      throw new IndexOutOfBoundsException("A number does not end");
    }
  }
}

package org.demarche.encoder;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a model in the ONNX format, read to have the outputs of inner layers handed out too.
 * ONNX Runtime gives only what a model names as its outputs, and Demarche does not ship changed
 * models; so the names are added in memory.
 */
final class OnnxModel {

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
    GraphProto graph;
    try {
      graph = ModelProto.parseFrom(bytes).getGraph();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("it is not an ONNX model", e);
    }
    for (NodeProto node : graph.getNodeList()) {
      for (String name : node.getOutputList()) {
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
    for (TensorProto constant : graph.getInitializerList()) {
      if (POSITIONS.matcher(constant.getName()).matches() && constant.getDimsCount() > 0) {
        positions = (int) Math.min(constant.getDims(0), Integer.MAX_VALUE);
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
    GraphProto.Builder outputs = GraphProto.newBuilder();
    names.forEach(name -> outputs.addOutput(ValueInfoProto.newBuilder().setName(name)));
    // A second occurrence of a message is merged into the first, so that appending is enough.
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 1024);
    out.writeBytes(bytes);
    out.writeBytes(ModelProto.newBuilder().setGraph(outputs).build().toByteArray());
    return out.toByteArray();
  }
}

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
 * A model in the ONNX format, to whose outputs those of inner layers can be added. ONNX Runtime
 * returns only the outputs that a model names, and Demarche does not ship changed models, so the
 * names are added in memory.
 */
final class OnnxModel {

  /** Names of the outputs of a layer's nodes, and of its last one, as BERT exporters write them. */
  private static final Pattern LAYER =
      Pattern.compile(
          "(?:/\\w+)?/encoder/layer\\.(\\d{1,3})/"
              + "(output/LayerNorm/(?:Add_1|LayerNormalization)_output_0$)?.*");

  private static final Pattern POSITIONS =
      Pattern.compile("(?:\\w+\\.)?embeddings\\.position_embeddings\\.weight(?:_quantized)?");

  private final byte[] bytes;

  /** Names of outputs by layer, from 0, without the last layer, whose output has another name. */
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

  /** Returns the most word pieces that the model can read, or {@link Integer#MAX_VALUE}. */
  int positions() {
    return positions;
  }

  /**
   * Returns the names of the inner outputs to read, lower layers first: those of layers 5, 7, 9 and
   * 10 of 12, or of corresponding layers if there are more or fewer. The last layer is left out,
   * because every model returns it. Empty if the names of the layers are unknown.
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
    // A repeated message is merged into the first one, so appending is enough.
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 1024);
    out.writeBytes(bytes);
    out.writeBytes(ModelProto.newBuilder().setGraph(outputs).build().toByteArray());
    return out.toByteArray();
  }
}

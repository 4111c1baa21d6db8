package org.demarche.encoder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxModelTest {

  private static final String END = "/output/LayerNorm/Add_1_output_0";

  @Test
  void readsLayersFiveSevenNineAndTenOfTwelve() {
    assertThat(bert(12).innerOutputs())
        .containsExactly(
            "/encoder/layer.4" + END,
            "/encoder/layer.6" + END,
            "/encoder/layer.8" + END,
            "/encoder/layer.9" + END);
  }

  @Test
  void goesAsFarUpInModelsOfAnotherHeight() {
    // 6 × 5/12 = 2.5, 6 × 7/12 = 3.5, 6 × 9/12 = 4.5, 6 × 10/12 = 5: layers 3, 4 and 5.
    assertThat(bert(6).innerOutputs())
        .containsExactly(
            "/encoder/layer.2" + END, "/encoder/layer.3" + END, "/encoder/layer.4" + END);
    assertThat(bert(1).innerOutputs()).isEmpty();
  }

  @Test
  void readsOnlyTheLastLayerOfAModelWithOtherNames() {
    assertThat(new OnnxModel(graph(node("hidden_12"))).innerOutputs()).isEmpty();
  }

  @Test
  void appendsOutputsAsASecondGraph() {
    byte[] model = graph(node("x"));

    byte[] changed = new OnnxModel(model).withOutputs(List.of("x"));

    assertThat(changed)
        .startsWith(model)
        .endsWith(7 << 3 | 2, 5, 12 << 3 | 2, 3, 1 << 3 | 2, 1, 'x');
  }

  @Test
  void findsTheNumberOfPositions() {
    byte[] rows = {1 << 3, 64};
    byte[] columns = {1 << 3, 8};
    byte[] name = field(8, "embeddings.position_embeddings.weight".getBytes(UTF_8));

    assertThat(new OnnxModel(graph(field(5, join(rows, columns, name)))).positions()).isEqualTo(64);
    assertThat(new OnnxModel(graph(node("x"))).positions()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void refusesWhatIsNoModel() {
    for (String bytes : List.of("not a model", "\u007F", ":\u007F:")) {
      assertThatThrownBy(() -> new OnnxModel(bytes.getBytes(UTF_8)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("it is not an ONNX model");
    }
  }

  /** The last layer's end goes by the name of the model's output, as exporters have it. */
  private static OnnxModel bert(int layers) {
    byte[] nodes = {};
    for (int i = 0; i < layers; i++) {
      nodes = join(nodes, node("/encoder/layer." + i + "/attention/Add_output_0"));
      nodes = join(nodes, node(i < layers - 1 ? "/encoder/layer." + i + END : "last_hidden_state"));
    }
    return new OnnxModel(graph(nodes));
  }

  private static byte[] graph(byte[] fields) {
    return field(7, fields);
  }

  private static byte[] node(String output) {
    return field(1, field(2, output.getBytes(UTF_8)));
  }

  private static byte[] field(int number, byte[] content) {
    byte[] length = {(byte) (content.length & 0x7F | 0x80), (byte) (content.length >> 7)};
    return join(new byte[] {(byte) (number << 3 | 2)}, length, content);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}

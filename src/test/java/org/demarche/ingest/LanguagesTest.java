package org.demarche.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.demarche.text.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en | The minister said that the talks would be held in the harbour, and he was calm.
          de | Der Minister sagte, dass die Gespräche nicht im Hafen sind und er ist ruhig.
          fr | Le ministre a dit que les discussions sont dans le port et que ce n’est pas une crise.
          es | El ministro dijo que las conversaciones son en el puerto y no es una crisis para los dos.
          it | Il ministro ha detto che la riunione non è nel porto, ma anche gli altri sono con lui.
          nl | De minister zei dat het overleg niet in de haven is, maar er zijn ook nog andere plaatsen.
          ru | Министр сказал, что встреча не в порту, но это так же для него и после всех.
          ja | 大臣は港での会談について冷静さを求めたと述べた。
          zh | 部长呼吁双方保持冷静，并表示会谈将在港口举行。
          ko | 장관은 항구에서 열릴 회담에 대해 침착할 것을 촉구했다.
          """)
  void areToldByTheirCommonestWords(String code, String text) {
    assertThat(Languages.detect(text, new Span(0, text.length()))).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Calm.", "12 34 56", "Lorem ipsum dolor sit amet consectetur elit sed"})
  void areNotGuessed(String text) {
    assertThat(Languages.detect(text, new Span(0, text.length()))).isNull();
  }

  @Test
  void areReadAsCollectionsPrintThem() {
    assertThat(Languages.code("en")).isEqualTo("en");
    assertThat(Languages.code("EN_us")).isEqualTo("en");
    assertThat(Languages.code("eng")).isEqualTo("en");
    assertThat(Languages.code("English")).isEqualTo("en");
    assertThat(Languages.code("fr-CA")).isEqualTo("fr");
    assertThat(Languages.code("klingonish")).isNull();
    assertThat(Languages.code("  ")).isNull();
    assertThat(Languages.code(null)).isNull();
  }
}

package org.demarche.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.demarche.score.Window.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

  @ParameterizedTest
  @CsvSource({
    "year, 2031-05-14, 2031-01-01, 2031-12-31",
    "quarter, 2031-05-14, 2031-04-01, 2031-06-30",
    "quarter, 2031-12-31, 2031-10-01, 2031-12-31",
    "month, 2032-02-29, 2032-02-01, 2032-02-29",
    "week, 2031-05-14, 2031-05-12, 2031-05-18",
    "week, 2031-05-18, 2031-05-12, 2031-05-18",
    "week, 2031-12-31, 2031-12-29, 2032-01-04",
    "day, 2031-05-14, 2031-05-14, 2031-05-14",
  })
  void beginsAndEndsWithTheCalendar(String kind, LocalDate day, LocalDate start, LocalDate end) {
    assertThat(Window.of(Kind.of(kind), day)).isEqualTo(new Window(Kind.of(kind), start, end));
  }

  @Property(tries = 300, seed = "1")
  void leavesNoGapToTheWindowBefore(@ForAll Kind kind, @ForAll @IntRange(max = 80_000) int days) {
    Window window = Window.of(kind, LocalDate.of(1900, 1, 1).plusDays(days));
    if (kind == Kind.ALL) {
      assertThat(window.before()).isNull();
    } else {
      assertThat(ChronoUnit.DAYS.between(window.before().end(), window.start())).isEqualTo(1);
      assertThat(Window.of(kind, window.start())).isEqualTo(window);
      assertThat(Window.of(kind, window.end())).isEqualTo(window);
    }
  }

  @Test
  void refusesWhatIsNoWindow() {
    assertThatThrownBy(() -> Kind.of("fortnight")).hasMessageContaining("'fortnight'");
    assertThatThrownBy(() -> new Window(Kind.WEEK, null, null)).hasMessageContaining("week");
  }
}

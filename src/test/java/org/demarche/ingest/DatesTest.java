package org.demarche.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      textBlock =
          """
          2031-04-02T08:30:00Z                     > 2031-04-02T08:30:00Z
          2031-04-02T08:30:00.123456Z              > 2031-04-02T08:30:00.123456Z
          2031-04-02T08:30:00+02:00                > 2031-04-02T06:30:00Z
          2031-04-02T08:30:00-0430                 > 2031-04-02T13:00:00Z
          2031-04-02T08:30:00+02:00[Europe/Paris]  > 2031-04-02T06:30:00Z
          2031-04-02 08:30:00                      > 2031-04-02T08:30:00Z
          2031-04-02 08:30:00 +0000 UTC            > 2031-04-02T08:30:00Z
          2031-04-02 8:30 PM                       > 2031-04-02T20:30:00Z
          2031-04-02                               > 2031-04-02T00:00:00Z
          2031/4/2                                 > 2031-04-02T00:00:00Z
          20310402                                 > 2031-04-02T00:00:00Z
          20310402083000                           > 2031-04-02T08:30:00Z
          1932884200                               > 2031-04-02T08:16:40Z
          1932884200.0                             > 2031-04-02T08:16:40Z
          1932884200000                            > 2031-04-02T08:16:40Z
          1932884200000000                         > 2031-04-02T08:16:40Z
          'Wed, 02 Apr 2031 08:30:00 GMT'          > 2031-04-02T08:30:00Z
          'Wed, 2 Apr 2031 08:30:00 -0500'         > 2031-04-02T13:30:00Z
          Wed Apr 02 08:30:00 +0000 2031           > 2031-04-02T08:30:00Z
          Wed Apr 02 2031 08:30:00 GMT+0200 (CEST) > 2031-04-02T06:30:00Z
          'April 2, 2031'                          > 2031-04-02T00:00:00Z
          'Sept. 2, 2031, 8:30 a.m. EDT'           > 2031-09-02T12:30:00Z
          'April 2nd, 2031 at 12:05 am'            > 2031-04-02T00:05:00Z
          '2 April 2031 08:30 BST'                 > 2031-04-02T07:30:00Z
          'Wednesday 2 April 2031 8pm'             > 2031-04-02T20:00:00Z
          02-Apr-2031                              > 2031-04-02T00:00:00Z
          02.04.2031 08:30                         > 2031-04-02T08:30:00Z
          4/22/2031 8:30 AM                        > 2031-04-22T08:30:00Z
          22/4/2031                                > 2031-04-22T00:00:00Z
          5/5/2031                                 > 2031-05-05T00:00:00Z
          'Wed, 02 Apr 2031 08:30:00 UT'           > 2031-04-02T08:30:00Z
          'Wed, 02 Apr 2031 08:30:00 IST'          > 2031-04-02T03:00:00Z
          'Wed, 02 Apr 2031 08:30:00 AEST'         > 2031-04-01T22:30:00Z
          '2. Mai 2031 08:30 CEST'                 > 2031-05-02T06:30:00Z
          16 de agosto de 2031                     > 2031-08-16T00:00:00Z
          '1 févr. 2031'                           > 2031-02-01T00:00:00Z
          """)
  void readsWhatCollectionsPrint(String printed, Instant expected) {
    assertThat(Dates.parse(printed)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sometime in spring",
        "",
        "2031",
        "2031-04",
        "2031-13-02",
        "2031-02-30",
        "0000-00-00",
        "4/5/2031",
        "April 2031",
        "April 2",
        "12:30",
        "2031-04-02T25:00:00Z",
        "2031-04-02T08:30:00+99:00",
        "2031-04-02 and more",
        "20310402080000000000000000000",
        "1e400",
        "-",
        "May May 2, 2031",
        "1 2 3 4 5 6 7 8 9",
        "٢٠٣١-٠٤-٠٢"
      })
  void refusesWhatIsNoDateOrCouldBeTwo(String printed) {
    assertThat(Dates.parse(printed)).isEmpty();
  }

  @Property
  void readsWhatJavaPrints(
      @ForAll @IntRange(min = -1_000_000_000, max = 2_000_000_000) int seconds,
      @ForAll @IntRange(min = -18, max = 18) int hours) {
    Instant at = Instant.ofEpochSecond(seconds);
    OffsetDateTime printed = at.atOffset(ZoneOffset.ofHours(hours));

    assertThat(Dates.parse(at.toString())).contains(at);
    assertThat(Dates.parse(printed.toString())).contains(at);
    assertThat(Dates.zone(printed.toString())).contains(printed.getOffset());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2031-04-02T13:30:00Z|Z",
        "20310402T133000+0530|+05:30",
        "Wed, 02 Apr 2031 13:30:00 GMT|Z",
        "Sept. 18, 2012, 9:08 a.m. EDT|-04:00"
      })
  void tellsTheZoneThatIsPrinted(String printed, String zone) {
    assertThat(Dates.zone(printed)).map(ZoneOffset::getId).contains(zone);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2031-04-02T13:30:00", "2031-04-02", "1347959280", "no date", ""})
  void tellsNoZoneWhereNoneIsPrinted(String printed) {
    assertThat(Dates.zone(printed)).isEmpty();
  }

  @Property
  void neverThrows(@ForAll String anything) {
    assertThat(Dates.parse(anything)).isNotNull();
    assertThat(Dates.zone(anything)).isNotNull();
  }
}

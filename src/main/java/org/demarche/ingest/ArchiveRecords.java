package org.demarche.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.io.input.CloseShieldInputStream;
import org.demarche.ingest.Outcome.Origin;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;

/**
 * The records of all members of an archive, one member after the other, each in a format of its
 * own. Their numbers go on from member to member. A member that cannot be read is one reject.
 */
final class ArchiveRecords implements Records {

  /** No honest collection has archives in archives in archives. */
  private static final int MOST_ARCHIVES = 3;

  private final Input input;
  private final int depth;
  private final Archive.Members members;
  private final InputBytes.Expansion expansion;
  private String memberName;
  private Records member;

  /** Whether the archive is at a member of which bytes may be left. */
  private boolean isInside;

  private boolean ended;

  /** The number of the first record of the member. */
  private long first;

  private long number;

  ArchiveRecords(Input input, Archive kind, int depth) throws IOException {
    if (depth == MOST_ARCHIVES) {
      throw new InputBytes.BombException(
          "Archives lie in archives more than %d deep".formatted(MOST_ARCHIVES));
    }
    this.input = input;
    this.depth = depth;
    this.expansion = input.bytes().expansion(input.limits());
    this.members = kind.open(input.bytes());
  }

  @Override
  public Optional<Outcome> next() throws IOException {
    while (!ended) {
      number = first;
      if (member == null) {
        Archive.Member file = nextFile();
        if (file == null) {
          return Optional.empty();
        }
        memberName = file.name();
        if (file.fault() != null) {
          return rejected(Reason.DAMAGED_FILE, file.fault());
        }
      }
      try {
        member = member == null ? opened() : member;
        Optional<Outcome> outcome = member.next();
        if (outcome.isPresent()) {
          number = first + member.number();
          return Optional.of(named(outcome.get().at(new Origin(input.file(), number))));
        }
        first += member.number() + 1;
        member = null;
      } catch (ArticleReader.ParquetException e) {
        return rejected(Reason.MALFORMED, "Parquet is not read out of archives");
      } catch (IOException e) {
        if (e instanceof InputBytes.StorageException || input.bytes().isDamaged()) {
          throw e;
        }
        first += member == null ? 0 : member.number();
        number = first;
        isInside = false;
        ended = expansion.isExceeded();
        return rejected(
            ArticleReader.reason(e), "the rest of it cannot be read: " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  private Records opened() throws IOException {
    InputStream entry = CloseShieldInputStream.wrap(members.bytes());
    InputBytes bytes = input.bytes().member(entry, memberName, input.limits(), expansion);
    return new Input(bytes, input.file(), FileNames.last(memberName), input.options())
        .records(depth + 1);
  }

  /** Returns the next member that may hold articles, or null. */
  private Archive.Member nextFile() throws IOException {
    while (true) {
      Archive.Member next;
      try {
        passOver();
        next = members.cursor().next();
      } catch (RuntimeException e) {
        throw new IOException("the archive is damaged: " + e.getMessage(), e);
      }
      isInside = next != null && next.fault() == null;
      if (next == null || next.isFile() && !isHidden(next.name())) {
        return next;
      }
    }
  }

  /** Reads what is left of a member, so that what it unpacks to is counted. */
  private void passOver() throws IOException {
    byte[] rest = new byte[1 << 14];
    int n = 0;
    while (isInside && n >= 0) {
      n = members.bytes().read(rest);
      expansion.add(n);
    }
  }

  /** Returns whether a name, or that of a folder around it, begins with a dot or an underscore. */
  private static boolean isHidden(String name) {
    return Arrays.stream(name.split("[/\\\\]"))
        .anyMatch(
            part ->
                part.startsWith("_")
                    || part.startsWith(".") && !part.equals(".") && !part.equals(".."));
  }

  /** Names the member in the detail of a reject. */
  private Outcome named(Outcome outcome) {
    return outcome instanceof Rejected rejected
        ? new Rejected(
            rejected.origin(),
            rejected.reason(),
            "Member '%s': %s".formatted(Utf8.shown(memberName), rejected.detail()),
            rejected.raw())
        : outcome;
  }

  /** Rejects the rest of the member and passes over it. */
  private Optional<Outcome> rejected(Reason reason, String detail) {
    member = null;
    first = number + 1;
    return Optional.of(named(new Rejected(new Origin(input.file(), number), reason, detail, "")));
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    members.bytes().close();
  }
}

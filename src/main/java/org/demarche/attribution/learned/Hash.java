package org.demarche.attribution.learned;

/** Mixes small numbers and hashes of words into one hash with even bits. */
final class Hash {

  private Hash() {}

  static int of(int a, int b, int c, int d) {
    int hash = a * 0x9E3779B1 + b * 0x85EBCA6B + c * 0xC2B2AE35 + d * 0x27D4EB2F;
    hash = (hash ^ hash >>> 15) * 0x2C1B3C6D;
    return hash ^ hash >>> 13;
  }
}

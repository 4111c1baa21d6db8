package org.demarche.warehouse;

import java.io.Serializable;

/**
 * One file with articles.
 *
 * @param path as a URI
 * @param bytes its length on disk
 * @param modified when it was changed, milliseconds since 1970
 */
public record InputFile(String path, long bytes, long modified) implements Serializable {}

package org.demarche.warehouse;

/**
 * A data file that the metadata of a table names.
 *
 * @param path the whole path
 * @param bytes how long it must be
 * @param rows how many rows it must have
 */
public record StoredFile(String path, long bytes, long rows) {}

package org.demarche.table;

/** Another run is writing to the warehouse. */
public final class WarehouseBusyException extends RuntimeException {

  WarehouseBusyException(String message) {
    super(message);
  }
}

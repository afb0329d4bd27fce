package dev.sessiontoken.runtime.faults;

import java.util.ArrayList;
import java.util.List;

/** All rows. */
final class Matrix {
  private Matrix() {}

  static List<Row> rows() {
    var rows = new ArrayList<Row>();
    rows.addAll(NginxRows.rows());
    rows.addAll(ChainRows.rows());
    rows.addAll(TrustRows.rows());
    rows.addAll(ClientRows.rows());
    rows.addAll(ProxyRows.rows());
    rows.addAll(HeaderRows.rows());
    rows.addAll(RetryRows.rows());
    rows.addAll(WireRows.rows());
    rows.addAll(TlsRows.rows());
    return List.copyOf(rows);
  }
}

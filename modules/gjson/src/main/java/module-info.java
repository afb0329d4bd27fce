/** Reads values out of JSON documents by GJSON paths. */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.gjson {
  requires static org.jspecify; // annotations only: not needed at run time
  requires transitive jakarta.json;

  exports dev.sessiontoken.gjson;
}

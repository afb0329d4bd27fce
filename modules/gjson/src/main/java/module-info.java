/**
 * Reads values out of JSON documents by GJSON paths: what {@code --extra} of the command line
 * takes. {@link dev.sessiontoken.gjson.GjsonPath} is where to begin; the package's Javadoc says in
 * which order the classes are called. Depends on {@code jakarta.json} alone.
 */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.gjson {
  requires static org.jspecify; // annotations only: not needed at run time
  requires transitive jakarta.json;

  exports dev.sessiontoken.gjson;
}

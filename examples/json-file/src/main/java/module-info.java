import dev.sessiontoken.spi.SessionTokenProvider;

/** Commons Lang requires java.desktop, which the image lacks: it loads the jars as a class path. */
module com.example.jsonfile {
  requires com.fasterxml.jackson.databind;
  requires dev.sessiontoken.spi;
  requires org.apache.commons.lang3;

  provides SessionTokenProvider with
      com.example.jsonfile.JsonFile;
}

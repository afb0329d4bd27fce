package com.example.jsonfile;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.apache.commons.lang3.StringUtils;

/** Reads the session token from a field of a JSON file. */
public final class JsonFile implements SessionTokenProvider {
  private static final String STEP = "read the JSON file";

  @Override
  public String name() {
    return "json-file";
  }

  @Override
  public List<ProviderOption> options() {
    return List.of(
        ProviderOption.plain("json-file", "TOKEN_JSON", "the file").asRequired(),
        ProviderOption.plain("json-field", "TOKEN_JSON_FIELD", "JSON pointer of the token")
            .withDefault("/token"));
  }

  @Override
  public SessionToken obtain(ProviderContext context) throws SessionTokenException {
    try {
      var document = new ObjectMapper().readTree(new File(context.option("json-file").orElse("")));
      var field = document.at(context.option("json-field").orElse("/token"));
      String token = StringUtils.strip(field.asText());
      if (SessionToken.isSane(token)) return SessionToken.of(token);
      throw new NotConfigured(STEP, "the field holds no token", "set TOKEN_JSON_FIELD", null);
    } catch (IOException | IllegalArgumentException e) {
      throw new NotConfigured(STEP, "the file is not readable, or not JSON", "set TOKEN_JSON", e);
    }
  }
}

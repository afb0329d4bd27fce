package com.example.vault;

import dev.sessiontoken.spi.ServiceAnswer;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import java.util.Map;

/** An answer of Vault. It holds secrets: {@code toString} leaves its fields out. */
record VaultAnswer(ServiceAnswer answer, Map<String, Object> fields) {

  /** Returns the text at a path of fields. */
  String text(String... path) throws BadAnswer {
    Object value = fields;
    for (String name : path) value = value instanceof Map<?, ?> map ? map.get(name) : null;
    if (value instanceof String text) return text;
    String missing = "no text in the field " + String.join(".", path);
    throw new BadAnswer(answer.step(), missing, "look at the secret in Vault", null);
  }

  @Override
  public String toString() {
    return "VaultAnswer[" + answer + "]";
  }
}

package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.args.OutputFormat;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.gjson.GjsonPath;
import dev.sessiontoken.gjson.GjsonResult;
import dev.sessiontoken.gjson.GjsonSyntaxException;
import dev.sessiontoken.spi.Printable;
import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * The field of the provider's answer that {@code --extra} names.
 *
 * @param path GJSON path into the extra fields
 */
public record ExtraField(GjsonPath path) {

  /**
   * Parses the flag's value.
   *
   * @throws UsageException if the value is no GJSON path
   */
  public static ExtraField parse(String path) {
    try {
      return new ExtraField(GjsonPath.parse(path));
    } catch (GjsonSyntaxException e) {
      throw wrong(e);
    }
  }

  /**
   * Returns the field, as text or as JSON.
   *
   * @throws NoSuchFieldInAnswerException if there is nothing at the path
   */
  public String of(ExternalAuth.Linked linked, OutputFormat format)
      throws NoSuchFieldInAnswerException {
    var extra = linked.extra();
    if (extra.isEmpty()) {
      throw new NoSuchFieldInAnswerException(
          "the deployment keeps no extra fields of this provider's answer");
    }
    var found = find(extra.get()).orElseThrow(() -> missing(extra.get()));
    return format == OutputFormat.JSON ? Printable.json(found.json()) + "\n" : found.string();
  }

  private Optional<GjsonResult> find(JsonObject extra) {
    try {
      return path.get(extra);
    } catch (GjsonSyntaxException e) {
      throw wrong(e);
    }
  }

  private static UsageException wrong(GjsonSyntaxException e) {
    return new UsageException("--extra is no path: " + e.getMessage());
  }

  private NoSuchFieldInAnswerException missing(JsonObject extra) {
    return new NoSuchFieldInAnswerException(
        "nothing at \""
            + Printable.of(path.toString(), 100)
            + "\" in the extra fields; their keys are: "
            + Printable.of(String.join(", ", extra.keySet()), 300));
  }
}

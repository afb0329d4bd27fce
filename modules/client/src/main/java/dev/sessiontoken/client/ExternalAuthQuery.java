package dev.sessiontoken.client;

/** Names an external-auth provider of a deployment: by its id, or by a URL that it serves. */
public sealed interface ExternalAuthQuery {

  /**
   * The provider with this id.
   *
   * @param id as the deployment's configuration names the provider, such as {@code github}
   */
  record ById(String id) implements ExternalAuthQuery {}

  /**
   * The provider whose pattern matches this URL. The deployment does the matching.
   *
   * @param url such as that of a git repository
   */
  record ByUrl(String url) implements ExternalAuthQuery {}

  /** Returns a query for the provider with this id. */
  static ExternalAuthQuery id(String id) {
    return new ById(id);
  }

  /** Returns a query for the provider that serves this URL. */
  static ExternalAuthQuery url(String url) {
    return new ByUrl(url);
  }

  /** Returns the id or the URL: for messages. */
  default String text() {
    return this instanceof ById byId ? byId.id() : ((ByUrl) this).url();
  }
}

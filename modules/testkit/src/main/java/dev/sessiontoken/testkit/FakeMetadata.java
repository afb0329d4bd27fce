package dev.sessiontoken.testkit;

import dev.sessiontoken.testkit.FakeServer.Reply;
import jakarta.json.Json;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The metadata services of a cloud machine on loopback: Amazon EC2 (IMDSv2), Azure (attested
 * document) and Google Compute Engine (identity token), all three at one address. They check
 * method, headers and query as each cloud's documentation of its service demands, and refuse
 * requests that came through a proxy. Documents are signed with keys of this instance, which {@link
 * FakeCoder#trust} makes a deployment accept.
 *
 * <p>The server listens as soon as it is started, until {@link #close}. All methods are safe for
 * any number of threads, and none blocks.
 */
public final class FakeMetadata implements AutoCloseable {
  private static final String TTL = "x-aws-ec2-metadata-token-ttl-seconds";
  private static final String PASS = "x-aws-ec2-metadata-token";
  private static final String EC2 = "/latest/dynamic/instance-identity/";
  private static final String GOOGLE = "/computeMetadata/v1/instance/service-accounts/";

  private final String instanceId;
  private final CloudSigner signer;
  private final String pass = "pass-" + UUID.randomUUID();
  private final FakeServer server;
  private volatile boolean altering;

  private FakeMetadata(String instanceId) {
    this.instanceId = instanceId;
    this.signer = new CloudSigner();
    this.server = new FakeServer(Optional.empty(), this::reply);
  }

  /** Starts the services of a machine with this id, at a free port. */
  public static FakeMetadata start(String instanceId) {
    return new FakeMetadata(instanceId);
  }

  /** The URL at which all three listen, without a path. */
  public URI url() {
    return server.url();
  }

  /** The machine's id in its documents. */
  public String instanceId() {
    return instanceId;
  }

  /** The environment variables by which the provider of each cloud finds this address. */
  public Map<String, String> environment() {
    return Map.of(
        "AWS_EC2_METADATA_SERVICE_ENDPOINT", url().toString(),
        "AZURE_POD_IDENTITY_AUTHORITY_HOST", url().toString(),
        "GCE_METADATA_HOST", url().getAuthority());
  }

  /** Alters every document after it was signed from now on, so that its signature is wrong. */
  public void alterDocuments() {
    altering = true;
  }

  /**
   * Commits this fault on every request from now on for which {@link #fault} has none.
   *
   * @return this fake
   */
  public FakeMetadata faultAlways(Fault fault) {
    server.faultAlways(fault);
    return this;
  }

  /**
   * Commits this fault on one request: the next one, or the one after those that earlier calls of
   * this method have taken.
   *
   * @return this fake
   */
  public FakeMetadata fault(Fault fault) {
    server.fault(fault);
    return this;
  }

  /** A copy of the requests received so far, oldest first, those with faults included. */
  public List<SeenRequest> requests() {
    return server.seen();
  }

  CloudSigner signer() {
    return signer;
  }

  private Reply reply(SeenRequest request) {
    if (request.header("x-forwarded-for").isPresent()) return text(403, "Forbidden");
    String path = request.path();
    if (path.startsWith("/latest/")) return ec2(request);
    if (path.equals("/metadata/attested/document")) return azure(request);
    if (path.startsWith(GOOGLE)) return google(request);
    return text(404, "Not Found");
  }

  private Reply ec2(SeenRequest request) {
    if (request.path().equals("/latest/api/token")) return ec2Token(request);
    if (!request.method().equals("GET")) return text(405, "Method Not Allowed");
    if (!request.header(PASS).equals(Optional.of(pass))) return text(401, "Unauthorized");
    return switch (request.path()) {
      case EC2 + "document" -> text(200, altered(signer.ec2Document(instanceId)));
      case EC2 + "signature" -> text(200, signer.ec2Signature(instanceId));
      default -> text(404, "Not Found");
    };
  }

  private Reply ec2Token(SeenRequest request) {
    if (!request.method().equals("PUT")) return text(405, "Method Not Allowed");
    String ttl = request.header(TTL).orElse("");
    boolean valid = ttl.matches("[1-9][0-9]{0,4}") && Integer.parseInt(ttl) <= 21600;
    return valid ? text(200, pass) : text(400, "Missing or invalid " + TTL);
  }

  private Reply azure(SeenRequest request) {
    if (!request.method().equals("GET")) return text(405, "Method Not Allowed");
    if (!request.header("metadata").equals(Optional.of("true"))) {
      return json(400, Map.of("error", "Bad request. Required metadata header not specified"));
    }
    if (!request.query().getOrDefault("api-version", "").matches("\\d{4}-\\d{2}-\\d{2}")) {
      return json(400, Map.of("error", "Bad request. api-version was not specified"));
    }
    return json(
        200, Map.of("encoding", "pkcs7", "signature", signer.azureDocument(instanceId, altering)));
  }

  private Reply google(SeenRequest request) {
    if (!request.method().equals("GET")) return flavoured(405, "Method Not Allowed");
    if (!request.header("metadata-flavor").equals(Optional.of("Google"))) {
      return text(403, "Missing Metadata-Flavor:Google header.");
    }
    if (!request.path().equals(GOOGLE + "default/identity")) return flavoured(404, "Not Found");
    String audience = request.query().getOrDefault("audience", "");
    if (audience.isEmpty()) return flavoured(400, "non-empty audience parameter required");
    boolean full = "full".equals(request.query().get("format"));
    return flavoured(200, altered(signer.googleToken(full ? instanceId : "", audience)));
  }

  private String altered(String document) {
    return altering ? document.replaceFirst("[0-9]", "X") : document;
  }

  private static Reply text(int status, String body) {
    return new Reply(status, Map.of("Content-Type", "text/plain"), body);
  }

  private static Reply json(int status, Map<String, String> fields) {
    var body = Json.createObjectBuilder();
    fields.forEach(body::add);
    return new Reply(
        status, Map.of("Content-Type", "application/json; charset=utf-8"), body.build().toString());
  }

  private static Reply flavoured(int status, String body) {
    var headers = new HashMap<String, String>();
    headers.put("Content-Type", "text/html"); // as the real one says of its JWT
    headers.put("Metadata-Flavor", "Google");
    return new Reply(status, headers, body);
  }

  /** Stops listening and closes every connection at once; requests under way get no answer. */
  @Override
  public void close() {
    server.close();
  }
}

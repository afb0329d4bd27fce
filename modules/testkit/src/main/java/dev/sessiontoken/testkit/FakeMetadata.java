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
 * The metadata services of EC2, Azure and Google machines on loopback, all three at one address.
 * They insist on method, headers and query as the real ones do, and sign with keys of their own,
 * which {@link FakeCoder#trust} makes a deployment believe.
 *
 * <p>Faults are used up one a request, in the order given. Safe for any number of threads.
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

  /** The services of a machine with this instance id. */
  public static FakeMetadata start(String instanceId) {
    return new FakeMetadata(instanceId);
  }

  /** Where it listens. */
  public URI url() {
    return server.url();
  }

  /** What the machine is called in its documents. */
  public String instanceId() {
    return instanceId;
  }

  /** The variables that lead each cloud's provider here. */
  public Map<String, String> environment() {
    return Map.of(
        "AWS_EC2_METADATA_SERVICE_ENDPOINT", url().toString(),
        "AZURE_POD_IDENTITY_AUTHORITY_HOST", url().toString(),
        "GCE_METADATA_HOST", url().getAuthority());
  }

  /** From now on, documents are altered after they were signed. */
  public void alterDocuments() {
    altering = true;
  }

  /** What to do to every request from now on that has no fault of its own. */
  public FakeMetadata faultAlways(Fault fault) {
    server.faultAlways(fault);
    return this;
  }

  /** What to do to the next request that has no fault yet. */
  public FakeMetadata fault(Fault fault) {
    server.fault(fault);
    return this;
  }

  /** Every request so far, oldest first. */
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

  /** Stops at once, whatever is under way. */
  @Override
  public void close() {
    server.close();
  }
}

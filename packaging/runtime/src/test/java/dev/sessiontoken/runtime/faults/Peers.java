package dev.sessiontoken.runtime.faults;

import dev.sessiontoken.runtime.Ports;
import dev.sessiontoken.runtime.Programs;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.raw.RawServer;
import dev.sessiontoken.testkit.raw.Script;
import dev.sessiontoken.testkit.tls.ServerChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;

/** Servers and files that rows name: a deployment, nginx before it, Squid, closed ports. */
final class Peers implements Surroundings {
  private static final Pattern NAME = Pattern.compile("\\{([a-z0-9.:/-]+)}");

  private final Material material;
  private final FakeCoder coder = FakeCoder.start();
  private final RawServer silent = RawServer.start(Script.stallsAfter(""));
  private final RawServer cut = RawServer.start(Answers.closesAfter(110));
  private final Optional<Nginx> nginx;
  private final Optional<Squid> squid;
  private final Map<String, String> values = new HashMap<>();
  private final SSLContext tls;

  Peers(Path folder) throws Exception {
    material = new Material(folder);
    tls = ServerChain.of(material.server()).serverContext();
    writeBodies(folder);
    nginx = Programs.isThere("nginx") ? Optional.of(nginx(folder)) : Optional.empty();
    squid = Programs.isThere("squid") ? Optional.of(new Squid(folder)) : Optional.empty();
    nginx.ifPresent(each -> values.putAll(each.addresses()));
    squid.ifPresent(each -> values.putAll(each.addresses()));
    values.put("deployment", coder.url().getAuthority());
    values.put("dead", "127.0.0.1:" + Ports.free());
    values.put("silent", silent.address());
    values.put("dir", folder.toString());
  }

  private Nginx nginx(Path folder) throws IOException, InterruptedException {
    return new Nginx(
        folder,
        new Sites(material.chains()),
        coder.url().getAuthority(),
        silent.address(),
        cut.address());
  }

  private static void writeBodies(Path folder) throws IOException {
    String body = Answers.body();
    Files.writeString(folder.resolve("900k"), " ".repeat(900 * 1024) + body);
    Files.writeString(folder.resolve("1100k"), " ".repeat(1100 * 1024) + body);
    Files.writeString(folder.resolve("passwords"), "somebody:x\n");
    try (var zipped = new GZIPOutputStream(Files.newOutputStream(folder.resolve("zipped")))) {
      zipped.write(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  static List<String> namesIn(String text) {
    return NAME.matcher(text).results().map(each -> each.group(1)).toList();
  }

  /** The text with the names replaced; {@code :port} after a name takes the port only. */
  @Override
  public String resolve(String text) {
    return NAME.matcher(text).replaceAll(each -> value(each.group(1)));
  }

  private String value(String name) {
    if (name.endsWith(":port")) {
      String address = value(name.substring(0, name.length() - ":port".length()));
      return address.substring(address.indexOf(':') + 1);
    }
    String known = values.get(name);
    if (known != null) return known;
    return material.folder().resolve(name).toString();
  }

  /** Why the server of this name cannot run on this machine; empty if it can. */
  static Optional<String> missingFor(String name) {
    if (name.startsWith("nginx") || name.matches("chain-[a-z0-9-]+(:port)?")) {
      return Programs.missing("nginx");
    }
    return name.startsWith("squid") ? Programs.missing("squid") : Optional.empty();
  }

  @Override
  public RawServer start(Row.Server server, int variant) throws IOException {
    var context = server.isTls() ? Optional.of(tls) : Optional.<SSLContext>empty();
    var script = server.script().apply(variant);
    if (server.opensAfter().isEmpty()) return RawServer.start(context, script);
    return RawServer.closedAt(Ports.free(), context, script);
  }

  /** The deployment behind nginx and Squid. */
  @Override
  public FakeCoder coder() {
    return coder;
  }

  /** Number of requests with this agent token in the log of nginx; 0 without nginx. */
  @Override
  public long requests(String agentToken) throws IOException {
    return nginx.isPresent() ? nginx.get().requests(agentToken) : 0;
  }

  /** Secrets that must never be on standard error. */
  @Override
  public List<String> secrets() throws IOException {
    var secrets = new ArrayList<>(List.of("hunter2", "wrongpass", Row.TOKEN, "next=secret"));
    try (var files = Files.list(material.folder())) {
      for (var file : files.filter(each -> each.toString().matches(".*\\.(key|p8|old)")).toList()) {
        for (String line : Files.readAllLines(file)) if (line.length() == 64) secrets.add(line);
      }
    }
    return secrets;
  }

  @Override
  public void close() throws IOException {
    nginx.ifPresent(Nginx::close);
    squid.ifPresent(Squid::close);
    silent.close();
    cut.close();
    coder.close();
  }
}

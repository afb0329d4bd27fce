package dev.sessiontoken.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sessiontoken.cli.resident.Frame;
import dev.sessiontoken.cli.resident.Place;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.FakeMetadata;
import dev.sessiontoken.testkit.Fault;
import dev.sessiontoken.testkit.tls.ServerChain;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server, over a real socket: what it runs, what it sends away, and those who attack it. */
@Timeout(60)
class ServiceTest {
  private static final String ID = "0123456789abcdef";
  private static final Limits SHORT = limits(Duration.ofMillis(20), Duration.ofMillis(500), 64);

  private static final String[] JOB = {"external-auth", "access-token", "github"};
  private static final Got TOKEN = new Got(0, "gho_bananas", "");
  private static final byte[] STOP = Frame.request(List.of(Frame.of(Frame.QUESTION, "stop")));

  private final FakeCoder coder = FakeCoder.start();
  private final AtomicLong now = new AtomicLong();
  private final Semaphore looksAtTheTime = new Semaphore(0);

  @TempDir private Path scratch;
  private Path image;
  private Calls calls;
  private Place place;
  private Service service;
  private Thread serving;

  @BeforeEach
  void start() throws Exception {
    image = scratch.resolve("image");
    Files.createDirectories(image.resolve("lib"));
    Files.writeString(image.resolve("lib/image-id"), ID + "\n");
    calls = new Calls(image, SHORT);
    place = new Place(ID, scratch.resolve("run"));
    place.prepare();
    service = open(1, SHORT);
    serving = serve(service);
  }

  private Service open(long pid, Limits limits) throws Exception {
    return Service.open(place, pid, calls, limits, this::nanoTime);
  }

  private static Limits limits(Duration tick, Duration request, int connections) {
    return new Limits(
        Duration.ofMinutes(10),
        tick,
        request,
        Duration.ofMillis(20),
        Duration.ofMillis(500),
        Duration.ofMillis(500),
        4,
        connections,
        1 << 20);
  }

  private long nanoTime() {
    looksAtTheTime.release();
    return now.get();
  }

  /** Lets time pass, and the server look at it. */
  private void pass(Duration time) throws InterruptedException {
    now.addAndGet(time.toNanos());
    looksAtTheTime.drainPermits();
    looksAtTheTime.acquire(4);
  }

  /** Ends the server, and starts another one. */
  private void restart(Limits limits) throws Exception {
    service.close();
    serving.join();
    service = open(2, limits);
    serving = serve(service);
  }

  private static Thread serve(Service service) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            service.serve();
          } catch (InterruptedException e) {
            return;
          }
        });
  }

  @AfterEach
  void stop() throws Exception {
    coder.close();
    serving.interrupt();
    service.close();
    calls.close();
  }

  /** What a client gets; status -1 stands for "run it yourself". */
  record Got(int status, String out, String err) {
    static final Got COLD = new Got(-1, "", "");
  }

  private SocketChannel connect() throws IOException {
    var client = SocketChannel.open(StandardProtocolFamily.UNIX);
    client.connect(UnixDomainSocketAddress.of(place.socket()));
    return client;
  }

  private static Got read(SocketChannel client) throws IOException {
    var in = new DataInputStream(Channels.newInputStream(client));
    assertThat(in.readUnsignedByte()).isEqualTo(Frame.VERSION);
    String out = "";
    String err = "";
    while (true) {
      var frame = Frame.read(in, 1 << 20);
      switch (frame.kind()) {
        case Frame.OUT -> out = frame.text();
        case Frame.ERR -> err = frame.text();
        case Frame.EXIT -> {
          return new Got(frame.bytes()[0], out, err);
        }
        case Frame.COLD -> {
          return Got.COLD;
        }
        default -> assertThat(frame.kind()).isEqualTo(Frame.BEAT);
      }
    }
  }

  private static byte[] request(Map<String, String> environment, String... arguments) {
    var parts = new ArrayList<Frame>();
    parts.add(Frame.of(Frame.IMAGE, ID));
    parts.add(Frame.of(Frame.LAUNCHER, "/image/bin/coder"));
    for (String each : arguments) parts.add(Frame.of(Frame.ARGUMENT, each));
    environment.forEach((name, value) -> parts.add(Frame.of(Frame.VARIABLE, name + "=" + value)));
    return Frame.request(parts);
  }

  private Got send(byte[] bytes) throws IOException {
    try (var client = connect()) {
      Channels.newOutputStream(client).write(bytes);
      return read(client);
    }
  }

  private Got call(Map<String, String> environment, String... arguments) throws IOException {
    return send(request(environment, arguments));
  }

  private Map<String, String> agent(String... more) {
    var environment = new HashMap<String, String>();
    environment.put("CODER_AGENT_URL", coder.url().toString());
    environment.put("CODER_AGENT_TOKEN", coder.agentToken());
    for (int i = 0; i < more.length; i += 2) environment.put(more[i], more[i + 1]);
    return environment;
  }

  private Got job(String... more) throws IOException {
    return call(agent(more), JOB);
  }

  @Test
  void runsTheMainJobOverAndOver() throws Exception {
    for (int i = 0; i < 20; i++) assertThat(job()).isEqualTo(TOKEN);
    assertThat(coder.requests()).hasSize(20);
    assertThat(calls.connections()).isOne();
  }

  @Test
  void answersMistakesAndRefusalsAsAProcessOfItsOwn() throws Exception {
    assertThat(call(agent(), "external-auth", "access-token").status()).isEqualTo(2);
    assertThat(call(agent(), "external-auth", "access-token", "nix").status()).isEqualTo(5);
    assertThat(job("CODER_AGENT_TOKEN", "00000000-0000-0000-0000-000000000000").status())
        .isEqualTo(4);
    assertThat(job().status()).isZero();
  }

  @Test
  void answersGit() throws Exception {
    var parts = new ArrayList<Frame>();
    parts.add(Frame.of(Frame.IMAGE, ID));
    parts.add(Frame.of(Frame.LAUNCHER, "/image/bin/coder"));
    parts.add(Frame.of(Frame.ARGUMENT, "git-credential"));
    parts.add(Frame.of(Frame.ARGUMENT, "get"));
    agent().forEach((name, value) -> parts.add(Frame.of(Frame.VARIABLE, name + "=" + value)));
    parts.add(Frame.of(Frame.INPUT, "protocol=https\nhost=github.com\n\n"));
    assertThat(send(Frame.request(parts)).out()).contains("password=gho_bananas\n");
    assertThat(call(agent(), "git-credential", "get")).isEqualTo(Got.COLD); // without its input
    assertThat(call(agent(), "Password for 'https://x@github.com': "))
        .isEqualTo(new Got(0, "gho_bananas\n", ""));
  }

  @Test
  void sendsAwayWhatWaitsOrRunsPrograms() throws Exception {
    assertThat(call(agent(), "external-auth", "login", "gitlab")).isEqualTo(Got.COLD);
    assertThat(call(agent(), "external-auth", "access-token", "gitlab", "--wait"))
        .isEqualTo(Got.COLD);
    assertThat(call(agent(), "Username for 'https://gitlab.com': ")).isEqualTo(Got.COLD);
    assertThat(call(agent("CI", "1"), "Username for 'https://gitlab.com': ").status()).isOne();
    for (String command : List.of("gitssh", "setup git", "logs send", "wait-reinit", "version")) {
      assertThat(call(agent(), command.split(" ", -1))).as(command).isEqualTo(Got.COLD);
    }
    assertThat(call(agent(), "resident", "start", "--foreground")).isEqualTo(Got.COLD);
    assertThat(job("CODER_HEADER_COMMAND", "echo A=b")).isEqualTo(Got.COLD);
    assertThat(job("CODER_AGENT_AUTH", "dropped-in")).isEqualTo(Got.COLD);
    assertThat(job("CODER_VERBOSE", "1")).isEqualTo(Got.COLD);
  }

  @Test
  void sendsAwayFilesThatAreOthersForTheCaller() throws Exception {
    for (String file :
        List.of("token", "./token", "/proc/self/fd/3", "/dev/stdin", "/a/../dev/x")) {
      for (String variable :
          List.of("CODER_AGENT_TOKEN_FILE", "CODER_CA_FILE", "SSL_CERT_FILE", "SSL_CERT_DIR")) {
        assertThat(job(variable, file)).as("%s=%s", variable, file).isEqualTo(Got.COLD);
      }
    }
  }

  @Test
  void keepsTheEnvironmentsOfTwoCallsApart() throws Exception {
    try (var other = FakeCoder.start()) {
      other.link("github", "gho_of_the_other");
      coder.fault(new Fault.Held());
      try (var held = connect()) {
        Channels.newOutputStream(held).write(request(agent(), JOB));
        coder.awaitRequests(1);
        var environment =
            Map.of(
                "CODER_AGENT_URL", other.url().toString(), "CODER_AGENT_TOKEN", other.agentToken());
        assertThat(call(environment, JOB).out()).isEqualTo("gho_of_the_other");
        coder.resume();
        assertThat(read(held).out()).isEqualTo("gho_bananas");
      }
    }
  }

  @Test
  void sendsAwayCallsThatAreTooMany() throws Exception {
    coder.faultAlways(new Fault.Silence());
    var clients = new ArrayList<SocketChannel>();
    for (int i = 0; i < SHORT.calls(); i++) {
      clients.add(connect());
      Channels.newOutputStream(clients.getLast()).write(request(agent(), JOB));
    }
    coder.awaitRequests(SHORT.calls());
    assertThat(job()).isEqualTo(Got.COLD);
    for (var each : clients) each.close();
  }

  @Test
  void endsTheCommandOfAClientThatHasGone() throws Exception {
    coder.fault(new Fault.Silence());
    try (var client = connect()) {
      Channels.newOutputStream(client).write(request(agent(), JOB));
      coder.awaitRequests(1);
    }
    service.stop(new Connection(connect(), service, calls, SHORT)); // waits for the commands
    serving.join();
  }

  @Test
  void sendsAwayTheClientOfAnotherImage() throws Exception {
    byte[] other =
        Frame.request(
            List.of(
                Frame.of(Frame.IMAGE, "another"),
                Frame.of(Frame.LAUNCHER, "/image/bin/coder"),
                Frame.of(Frame.ARGUMENT, "version")));
    assertThat(send(other)).isEqualTo(Got.COLD);
  }

  @Test
  void closesTheConnectionOfWhateverIsNoRequest() {
    byte[] version = Golden.REQUEST.clone();
    version[0] = 2;
    byte[] huge = {Frame.VERSION, 0, (byte) 0x98, (byte) 0x96, (byte) 0x80, 'A'}; // 10 MB
    byte[] nul = request(Map.of(), "a\0b");
    for (byte[] bytes : List.of(version, huge, nul)) {
      assertThatThrownBy(() -> send(bytes)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void closesTheConnectionOfARequestThatDoesNotEnd() throws Exception {
    try (var client = connect()) {
      var out = Channels.newOutputStream(client);
      out.write(Golden.REQUEST, 0, 30);
      assertThatThrownBy(() -> read(client)).isInstanceOf(EOFException.class);
    }
  }

  /** The state of the helper is asked for between two bytes: that sets the pace. */
  @Test
  void closesTheConnectionOfARequestThatComesByteByByte() throws Exception {
    byte[] status = Frame.request(List.of(Frame.of(Frame.QUESTION, "status")));
    try (var client = connect()) {
      var out = Channels.newOutputStream(client);
      out.write(new byte[] {Frame.VERSION, 0, 0x0f, 0, 0});
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 0xf0000; i++) {
                  out.write('A');
                  assertThat(send(status).status()).isZero();
                }
              })
          .isInstanceOf(IOException.class);
    }
    assertThat(job().status()).isZero();
  }

  @Test
  void answersBesideConnectionsThatAreIdle() throws Exception {
    restart(limits(SHORT.tick(), SHORT.request(), 256));
    var idle = new ArrayList<SocketChannel>();
    for (int i = 0; i < 200; i++) idle.add(connect());
    assertThat(job().status()).isZero();
    for (var each : idle) {
      assertThatThrownBy(() -> read(each)).isInstanceOf(EOFException.class);
      each.close();
    }
  }

  @Test
  void closesConnectionsThatAreTooMany() throws Exception {
    restart(limits(SHORT.tick(), Duration.ofMinutes(1), 2));
    try (var first = connect();
        var second = connect()) {
      assertThatThrownBy(this::job).isInstanceOf(IOException.class);
      assertThat(first.isConnected() && second.isConnected()).isTrue();
    }
  }

  @Test
  void obtainsAnotherTokenWhenAKeptOneIsRefused() throws Exception {
    try (var metadata = FakeMetadata.start(FakeCoder.INSTANCE_ID)) {
      coder.trust(metadata);
      var environment = new HashMap<>(metadata.environment());
      environment.put("CODER_AGENT_URL", coder.url().toString());
      environment.put("CODER_AGENT_AUTH", "aws-instance-identity");
      assertThat(call(environment, JOB).status()).isZero();
      int before = metadata.requests().size();
      assertThat(call(environment, JOB).status()).isZero();
      assertThat(metadata.requests()).hasSize(before);
      coder.fault(Fault.json(401, "{\"message\":\"expired\"}"));
      assertThat(call(environment, JOB)).isEqualTo(new Got(0, "gho_bananas", ""));
      assertThat(metadata.requests()).hasSizeGreaterThan(before);
    }
  }

  @Test
  void keepsAnsweringAfterTheDeploymentHasStartedAnew() throws Exception {
    try (var relay = new Relay(coder.url().getPort())) {
      String[] way = {"CODER_AGENT_URL", relay.url("http").toString()};
      for (int i = 0; i < 5; i++) {
        assertThat(job(way)).isEqualTo(TOKEN);
        relay.cut();
        assertThat(job(way)).isIn(TOKEN, Got.COLD); // COLD: the client calls by itself
      }
      assertThat(relay.connections()).isGreaterThanOrEqualTo(6);
    }
  }

  @Test
  void checksTheCertificateThatADeploymentHasGotSince() throws Exception {
    var before = ServerChain.p256();
    var after = ServerChain.p256();
    var authority = scratch.resolve("authority.pem");
    before.writeAuthority(authority);
    try (var old = FakeCoder.start(before.serverContext());
        var changed = FakeCoder.start(after.serverContext());
        var relay = new Relay(old.url().getPort())) {
      var way = Map.of("CODER_AGENT_URL", relay.url("https").toString());
      var caller = new HashMap<>(way);
      caller.put("CODER_CA_FILE", authority.toString());
      caller.put("CODER_AGENT_TOKEN", old.agentToken());
      assertThat(call(caller, JOB)).isEqualTo(TOKEN);
      relay.lead(changed.url().getPort());
      relay.cut();
      caller.put("CODER_AGENT_TOKEN", changed.agentToken());
      assertThat(call(caller, JOB).status()).isIn(-1, 6);
      assertThat(call(caller, JOB).status()).isIn(-1, 6);
      assertThat(changed.requests()).isEmpty();
      after.writeAuthority(authority);
      assertThat(call(caller, JOB)).isEqualTo(TOKEN);
    }
  }

  /** Each caller has its own deployment, authority, session token and user's token. */
  @Test
  void keepsCallersAtOnceApart() throws Exception {
    var callers = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var foreign = scratch.resolve("foreign.pem");
      ServerChain.p256().writeAuthority(foreign);
      for (int i = 0; i < SHORT.calls(); i++) {
        String name = "caller" + i;
        callers.add(
            threads.submit(() -> {
              callOverAndOver(name, foreign);
              return null;
            }));
      }
      for (var each : callers) each.get();
    }
  }

  private void callOverAndOver(String name, Path foreign) throws Exception {
    var chain = ServerChain.p256();
    var authority = scratch.resolve(name + ".pem");
    chain.writeAuthority(authority);
    try (var own = FakeCoder.start(chain.serverContext())) {
      own.link("github", name);
      var caller = new HashMap<String, String>();
      caller.put("CODER_AGENT_URL", own.url().toString());
      caller.put("CODER_AGENT_TOKEN", own.agentToken());
      for (int i = 0; i < 10; i++) {
        caller.put("CODER_CA_FILE", authority.toString());
        assertThat(call(caller, JOB)).isEqualTo(new Got(0, name, ""));
        caller.put("CODER_CA_FILE", foreign.toString());
        assertThat(call(caller, JOB).status()).isEqualTo(6);
      }
      assertThat(own.requests()).hasSize(10);
    }
  }

  @Test
  void endsWhenItIsIdle() throws Exception {
    pass(SHORT.idle());
    assertThat(serving.isAlive()).isTrue();
    now.incrementAndGet();
    serving.join();
    assertThat(place.socket()).doesNotExist();
  }

  @Test
  void isNotIdleForAsLongAfterACall() throws Exception {
    pass(SHORT.idle());
    assertThat(job().status()).isZero();
    pass(SHORT.idle());
    assertThat(serving.isAlive()).isTrue();
  }

  @Test
  void isNotIdleWhileACallLasts() throws Exception {
    coder.fault(new Fault.Held());
    try (var held = connect()) {
      Channels.newOutputStream(held).write(request(agent(), JOB));
      coder.awaitRequests(1);
      pass(Duration.ofHours(1));
      assertThat(serving.isAlive()).isTrue();
      coder.resume();
      assertThat(read(held)).isEqualTo(TOKEN);
    }
  }

  @Test
  void endsWhenAnotherOneTakesItsPlace() throws Exception {
    try (var second = open(2, SHORT)) {
      serving.join();
      var thread = serve(second);
      assertThat(job().status()).isZero();
      thread.interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"socket", "stale socket", "file", "link"})
  void takesThePlaceOfWhatIsThere(String planted) throws Exception {
    service.close();
    serving.join();
    var nowhere = scratch.resolve("nowhere");
    try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      switch (planted) {
        case "file" -> Files.createFile(place.socket());
        case "link" -> Files.createSymbolicLink(place.socket(), nowhere);
        case "socket" -> listener.bind(UnixDomainSocketAddress.of(place.socket()));
        default -> leaveASocket();
      }
      service = open(2, SHORT);
      serving = serve(service);
      assertThat(job()).isEqualTo(TOKEN);
    }
    assertThat(nowhere).doesNotExist();
  }

  /** As after a crash. */
  private void leaveASocket() throws IOException {
    try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(place.socket()));
    }
  }

  @Test
  void doesNotStartWhereAFolderIsInItsPlace() throws Exception {
    service.close();
    serving.join();
    Files.createDirectories(place.socket().resolve("planted"));
    assertThatThrownBy(() -> open(2, SHORT)).isInstanceOf(IOException.class);
    try (var left = Files.list(place.folder())) {
      assertThat(left).containsExactly(place.socket());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endsWhenItsImageIsUpgradedOrRemoved(boolean isUpgraded) throws Exception {
    var id = image.resolve("lib/image-id");
    if (isUpgraded) Files.writeString(id, "another\n");
    else Files.delete(id);
    serving.join();
    assertThat(place.socket()).doesNotExist();
  }

  @Test
  void letsACallEndWhenItIsStopped() throws Exception {
    coder.fault(new Fault.Held());
    try (var held = connect();
        var stopping = connect();
        var watch = place.folder().getFileSystem().newWatchService()) {
      place.folder().register(watch, StandardWatchEventKinds.ENTRY_DELETE);
      Channels.newOutputStream(held).write(request(agent(), JOB));
      coder.awaitRequests(1);
      Channels.newOutputStream(stopping).write(STOP);
      watch.take(); // it listens no more
      assertThat(place.socket()).doesNotExist();
      coder.resume();
      assertThat(read(held)).isEqualTo(TOKEN);
      assertThat(read(stopping).status()).isZero();
      serving.join();
    }
  }

  @Test
  void breaksACallOffThatDoesNotEndWhenItIsStopped() throws Exception {
    coder.fault(new Fault.Silence());
    try (var silent = connect()) {
      Channels.newOutputStream(silent).write(request(agent(), JOB));
      coder.awaitRequests(1);
      assertThat(send(STOP).status()).isZero();
      serving.join();
      service.close(); // as at the end of the process
      assertThatThrownBy(() -> read(silent)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void endsWhenItsSocketIsRemoved() throws Exception {
    Files.delete(place.socket());
    serving.join();
  }

  @Test
  void endsWhenItsFolderIsOpenedToOthers() throws Exception {
    Files.setPosixFilePermissions(place.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
    serving.join();
  }

  @Test
  void closesTheConnectionOfAnotherUser() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can change users");
    assumeTrue(Files.exists(Path.of("/usr/bin/perl")), "perl is missing");
    restart(limits(Duration.ofMinutes(1), SHORT.request(), 64)); // until it sees the open folder
    for (var each : List.of(scratch, place.folder())) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.setPosixFilePermissions(place.socket(), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(connectAs("65534")).isEqualTo("closed");
    assertThat(connectAs("0")).isEqualTo("answered");
  }

  /** Asks for the state of the helper as a user. */
  private String connectAs(String user) throws Exception {
    String script =
        "use IO::Socket::UNIX; my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die $!;"
            + " $SIG{PIPE} = 'IGNORE';"
            + " syswrite $s, \"\\1\\0\\0\\0\\013Q\\0\\0\\0\\6status\";"
            + " print sysread($s, my $b, 1) ? 'answered' : 'closed'";
    var process =
        new ProcessBuilder(
                "setpriv",
                "--reuid=" + user,
                "--clear-groups",
                "perl",
                "-e",
                script,
                place.socket().toString())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void refusesAFolderThatIsNotItsOwn() throws Exception {
    var link = Files.createSymbolicLink(scratch.resolve("link"), place.folder());
    assertThatThrownBy(() -> new Place(ID, link).prepare())
        .isInstanceOf(NotConfigured.class)
        .hasMessageContaining("no folder");
    var open = Files.createDirectory(scratch.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> new Place(ID, open).prepare()).hasMessageContaining("mode 755");
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can change owners");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwx------"));
    Files.setAttribute(open, "unix:uid", 65534);
    assertThatThrownBy(() -> new Place(ID, open).prepare()).hasMessageContaining("another user");
  }

  @Test
  void tellsItsStateAndEnds() throws Exception {
    job();
    var status = send(Frame.request(List.of(Frame.of(Frame.QUESTION, "status"))));
    assertThat(status.out()).contains("\"pid\":1,", "\"calls\":1,", "\"image\":\"" + ID + "\"");
    assertThat(send(STOP).status()).isZero();
    serving.join();
    assertThat(place.socket()).doesNotExist();
  }
}

package dev.sessiontoken.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A cloud whose machines have a metadata service: where the service is, and after which failures a
 * request is repeated.
 */
public enum Cloud {
  /**
   * Amazon EC2: three tries in all, repeated after connection errors, time-outs and 5xx, as {@code
   * Ec2MetadataClient} of the AWS SDK for Java v2 does, and after 429: the EC2 user guide ("Query
   * throttling") asks to repeat throttled requests. 503 is documented to pass. Final are other
   * statuses below 500.
   */
  EC2(
      "an EC2 machine",
      new DmiSigns(Map.of("sys_vendor", "Amazon EC2", "bios_version", "amazon")), // Nitro, Xen
      3,
      Duration.ofMillis(250),
      Set.of(429, 503)),

  /**
   * Azure: the documentation of the Azure Instance Metadata Service asks to repeat after 404, 410,
   * 429 and 5xx, with growing pauses. Six tries in all, from 800 ms on, as azure-identity does.
   * Final are other statuses below 500: they refuse the request for what it is.
   */
  AZURE(
      "an Azure machine",
      new DmiSigns(Map.of("chassis_asset_tag", "7783-7084-3265-9085-8269-3286-77")),
      6,
      Duration.ofMillis(800),
      Set.of(404, 410, 429, 503)),

  /**
   * Google Compute Engine: six tries in all, from 100 ms on, repeated after connection errors and
   * 503 as Google's Go and Java clients do, and after 429 and other 5xx as the Go client does.
   * Final are other statuses below 500: they refuse the request for what it is, such as 404 for a
   * service account that the machine does not have.
   */
  GOOGLE(
      "a Google Compute Engine machine",
      new DmiSigns(Map.of("product_name", "Google")),
      6,
      Duration.ofMillis(100),
      Set.of(429, 503));

  private static final Path DMI = Path.of("/sys/class/dmi/id");

  private final String machine;

  @SuppressWarnings("ImmutableEnumChecker") // a record that copies its map
  private final DmiSigns signs;

  @SuppressWarnings("ImmutableEnumChecker") // a record that copies its set
  private final RetryPolicy retryPolicy;

  Cloud(String machine, DmiSigns signs, int tries, Duration firstPause, Set<Integer> statuses) {
    var tryLimit = Duration.ofSeconds(2); // answers come from the machine's own host
    var doubtLimit = Duration.ofSeconds(8); // plus the last try: a failure is known within 10 s
    this.machine = machine;
    this.signs = signs;
    this.retryPolicy =
        new RetryPolicy(tries, tryLimit, firstPause, false, statuses, true, doubtLimit);
  }

  /** Returns the URL of the metadata service unless the user sets another; the same everywhere. */
  public String endpoint() {
    return "http://169.254.169.254";
  }

  /** Returns after which failures a request is repeated, and after which pauses. */
  public RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  /**
   * Returns why this is not taken for a machine of this cloud, by the DMI data that the kernel
   * shows in {@code /sys/class/dmi/id}; empty if they show the cloud. Containers may hide them.
   * Reads a few small files that the kernel makes up, and sends nothing.
   */
  public Optional<String> lacks() {
    return lacks(DMI);
  }

  Optional<String> lacks(Path dmi) {
    if (signs.areIn(dmi)) return Optional.empty();
    return Optional.of("the DMI data of this machine do not show " + machine);
  }

  /**
   * Returns what a machine of this cloud is called in a message, such as {@code an EC2 machine}.
   */
  String machine() {
    return machine;
  }
}

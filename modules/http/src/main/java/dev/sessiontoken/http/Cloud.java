package dev.sessiontoken.http;

import java.time.Duration;

/**
 * A cloud whose machines have a metadata service: where it is, and which failures each cloud's own
 * documentation says are worth another try.
 */
public enum Cloud {
  /**
   * Amazon EC2. Its SDKs retry 5xx and time-outs, three tries in all (AWS SDK for Java v2, {@code
   * Ec2MetadataClient}).
   */
  EC2("http://169.254.169.254", "an EC2 machine", 3, Duration.ofMillis(250)),

  /**
   * Azure. Its documentation asks to retry 404, 410, 429 and 5xx with growing pauses;
   * azure-identity begins at 800 ms and tries six times in all.
   */
  AZURE("http://169.254.169.254", "an Azure machine", 6, Duration.ofMillis(800)),

  /**
   * Google Compute Engine. Its Go and Java clients retry 503 and connection errors, six tries in
   * all from 100 ms on; other 5xx as the Go client does.
   */
  GOOGLE("http://169.254.169.254", "a Google Compute Engine machine", 6, Duration.ofMillis(100));

  private final String endpoint;
  private final String machine;
  private final int tries;
  private final Duration firstPause;

  Cloud(String endpoint, String machine, int tries, Duration firstPause) {
    this.endpoint = endpoint;
    this.machine = machine;
    this.tries = tries;
    this.firstPause = firstPause;
  }

  /** Where its metadata service is unless the user says otherwise. */
  public String endpoint() {
    return endpoint;
  }

  String machine() {
    return machine;
  }

  int tries() {
    return tries;
  }

  /** How long to wait after the given number of tries: doubling. */
  Duration pauseAfter(int tries) {
    return firstPause.multipliedBy(1L << (tries - 1));
  }

  boolean isWorthAnotherTry(int status) {
    if (status >= 500) return true;
    return this == AZURE && (status == 404 || status == 410 || status == 429);
  }
}

package dev.sessiontoken.testkit;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.ServiceRequest;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.List;
import java.util.Map;

/** A provider that relies on all that the Javadoc of the interface promises. */
public final class ServiceProvider implements SessionTokenProvider {
  private static final ProviderOption URL =
      ProviderOption.plain("service-url", "SERVICE_URL", "URL of the service").asRequired();
  private static final ProviderOption KEY =
      ProviderOption.secret("service-key", "SERVICE_KEY", "opens it").asRequired();
  private static final ProviderOption PATH =
      ProviderOption.plain("service-path", "SERVICE_PATH", "where it is").withDefault("/proof");

  /** Constructor for the service loader. */
  public ServiceProvider() {}

  @Override
  public String name() {
    return "service";
  }

  @Override
  public List<ProviderOption> options() {
    return List.of(URL, KEY, PATH);
  }

  @Override
  public SessionToken obtain(ProviderContext context)
      throws SessionTokenException, InterruptedException {
    String url = context.option("service-url").orElseThrow();
    String path = context.option("service-path").orElseThrow();
    String key = context.option("service-key").orElseThrow();
    context.tell("asks the service");
    var answer = context.http().send(ServiceRequest.get(url + path).withBearer(key));
    String proof = answer.requireSuccess("check the key").text();
    return context.exchange("service-identity", Map.of("proof", proof));
  }
}

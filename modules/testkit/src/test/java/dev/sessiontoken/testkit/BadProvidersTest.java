package dev.sessiontoken.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** For each flaw of a provider, exactly the tests of the contract that are meant for it fail. */
class BadProvidersTest {

  /** A contract test as authors of providers write it, for a provider with one flaw. */
  @ExtendWith(FlawParameter.class)
  static class Contract extends ProviderContractTest {
    private final Flaw flaw;

    Contract(Flaw flaw) {
      this.flaw = flaw;
    }

    @Override
    protected SessionTokenProvider provider() {
      return flaw == Flaw.IS_NOT_INSTALLED ? new FlawedProvider() {} : new FlawedProvider(flaw);
    }

    @Override
    Duration late() {
      return Duration.ofSeconds(2); // the tests of two flaws wait this long
    }

    private static ProviderContext with(String state) {
      return new FixedContext(Map.of("service", state, "key", FlawedProvider.SECRET));
    }

    @Override
    protected ProviderContext works() {
      return with("works");
    }

    @Override
    protected Situation notConfigured() {
      return Situation.in(with("missing"));
    }

    @Override
    protected Situation refused() {
      return Situation.in(with("refuses"));
    }

    @Override
    protected Situation silent() {
      return Situation.in(with("silent"));
    }
  }

  /** Contract test of a provider that sends no request. */
  static class OfflineContract extends Contract {
    OfflineContract(Flaw flaw) {
      super(flaw);
    }

    @Override
    protected Situation refused() {
      return Situation.doesNotApply("it sends no request");
    }

    @Override
    protected Situation silent() {
      return Situation.doesNotApply("it sends no request");
    }
  }

  /** Passes the flaw to the constructor of the contract test. */
  static class FlawParameter implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
      return true;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
      return Flaw.valueOf(extension.getConfigurationParameter("flaw").orElseThrow());
    }
  }

  private static Events run(Class<? extends Contract> contract, Flaw flaw) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter("flaw", flaw.name())
        .selectors(selectClass(contract))
        .execute()
        .testEvents();
  }

  private static Set<String> names(Events events) {
    return events.stream()
        .map(Event::getTestDescriptor)
        .map(each -> each.getDisplayName().replace("()", ""))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsTests(Flaw flaw) {
    assertThat(names(run(Contract.class, flaw).failed())).isEqualTo(flaw.tests());
  }

  @Test
  void runsEveryTest() {
    var tests = run(Contract.class, Flaw.NONE);
    assertThat(tests.succeeded().count()).isEqualTo(tests.started().count()).isEqualTo(16);
  }

  @Test
  void reportsWhyATestDoesNotApply() {
    var aborted = run(OfflineContract.class, Flaw.NONE).aborted();
    assertThat(names(aborted))
        .containsExactlyInAnyOrder(
            "saysThatItWasRefused",
            "saysThatNobodyAnswers",
            "endsAtTheDeadline",
            "endsWhenItIsInterrupted");
    assertThat(aborted.stream().map(each -> String.valueOf(each.getPayload())))
        .allSatisfy(payload -> assertThat(payload).contains("it sends no request"));
  }
}

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

/** The contract test finds what is wrong with a bad provider, and nothing else. */
class BadProvidersTest {

  /** The contract test as an author writes it, for a provider with the flaw asked for. */
  @ExtendWith(AskedFor.class)
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
      return Duration.ofSeconds(2); // two flaws are found by waiting this long
    }

    private static ProviderContext meeting(String whom) {
      return new FixedContext(Map.of("meets", whom, "key", FlawedProvider.SECRET));
    }

    @Override
    protected ProviderContext works() {
      return meeting("friend");
    }

    @Override
    protected Situation notConfigured() {
      return Situation.in(meeting("nobody"));
    }

    @Override
    protected Situation refused() {
      return Situation.in(meeting("foe"));
    }

    @Override
    protected Situation silent() {
      return Situation.in(meeting("silence"));
    }
  }

  /** For a provider that asks nobody. */
  static class LonelyContract extends Contract {
    LonelyContract(Flaw flaw) {
      super(flaw);
    }

    @Override
    protected Situation refused() {
      return Situation.doesNotApply("it asks nobody");
    }

    @Override
    protected Situation silent() {
      return Situation.doesNotApply("it asks nobody");
    }
  }

  /** Hands the flaw to the contract's constructor. */
  static class AskedFor implements ParameterResolver {
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
  void isFoundByTheTestThatIsMeantFor(Flaw flaw) {
    assertThat(names(run(Contract.class, flaw).failed())).isEqualTo(flaw.tests());
  }

  @Test
  void triesAllThatThereIsToTry() {
    var tests = run(Contract.class, Flaw.NONE);
    assertThat(tests.succeeded().count()).isEqualTo(tests.started().count()).isEqualTo(16);
  }

  @Test
  void saysWhyATestDoesNotApply() {
    var aborted = run(LonelyContract.class, Flaw.NONE).aborted();
    assertThat(names(aborted))
        .containsExactlyInAnyOrder(
            "saysThatItWasRefused",
            "saysThatNobodyAnswers",
            "endsAtTheDeadline",
            "endsWhenItIsInterrupted");
    assertThat(aborted.stream().map(each -> String.valueOf(each.getPayload())))
        .allSatisfy(payload -> assertThat(payload).contains("it asks nobody"));
  }
}

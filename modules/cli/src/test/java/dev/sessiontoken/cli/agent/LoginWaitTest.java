package dev.sessiontoken.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.http.NoAnswerYetException;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The wait for a login, with a clock that the test advances. */
class LoginWaitTest {
  private static final ExternalAuth.Linked LINKED =
      new ExternalAuth.Linked("t", "github", "t", "", Optional.empty(), Optional.empty());
  private static final ExternalAuth NOT_YET =
      new ExternalAuth.LoginRequired(URI.create("https://h/external-auth/x"));

  private final List<Duration> pauses = new ArrayList<>();
  private final List<Duration> polls = new ArrayList<>();
  private Duration now = Duration.ZERO;

  private Optional<ExternalAuth.Linked> wait(Duration limit, LoginWait.Poll poll) throws Exception {
    return new LoginWait(Deadline.in(limit, () -> now.toNanos()), this::pause)
        .until(deadline -> {
          polls.add(deadline.remaining());
          return poll.ask(deadline);
        });
  }

  private void pause(Duration duration) {
    pauses.add(duration);
    now = now.plus(duration);
  }

  private static ExternalAuth cut() throws SessionTokenException {
    throw new Unreachable("GET", "HTTP 504", "", null);
  }

  /** As the deployment's answer is held back until the user has logged in. */
  private static ExternalAuth heldBack() throws SessionTokenException {
    throw new Unreachable("GET", "time limit reached", "", new NoAnswerYetException());
  }

  private Throwable failure(Duration limit, LoginWait.Poll poll) {
    return catchThrowable(() -> wait(limit, poll));
  }

  @Test
  void endsWithTheFailureOfTheLastPoll() {
    var failure = failure(Duration.ofMinutes(5), _ -> polls.size() == 1 ? NOT_YET : cut());
    assertThat(failure)
        .isInstanceOf(Unreachable.class)
        .hasMessage("GET: whether the user has logged in is not known: HTTP 504");
  }

  @Test
  void endsAsUnreachableAfterABadAnswerToo() {
    var failure =
        failure(
            Duration.ofMinutes(1),
            _ -> {
              throw new BadAnswer("GET", "an empty body", "", null);
            });
    assertThat(failure).isInstanceOf(Unreachable.class).hasMessageContaining("an empty body");
  }

  @Test
  void knowsThatNobodyLoggedInIfTheLastPollWasHeldBack() throws Exception {
    assertThat(wait(Duration.ofMinutes(5), _ -> polls.size() < 9 ? cut() : heldBack())).isEmpty();
  }

  @Test
  void doesNotCountALastPollWithoutTimeToConnect() throws Exception {
    var limit = Duration.ofSeconds(40);
    var soon = Duration.ofSeconds(20);
    LoginWait.Poll poll =
        deadline -> {
          if (deadline.remaining().compareTo(soon) > 0) return NOT_YET;
          now = now.plus(deadline.remaining());
          throw new Unreachable("GET", "time limit reached", "", new TimeoutException());
        };
    assertThat(wait(limit, poll)).isEmpty();
    polls.clear();
    now = Duration.ZERO;
    assertThat(failure(soon, poll)).isInstanceOf(Unreachable.class);
  }

  @Test
  void endsWithTheFirstPollThatReturnsAToken() throws Exception {
    assertThat(wait(Duration.ofMinutes(5), _ -> LINKED)).contains(LINKED);
    assertThat(pauses).isEmpty();
  }

  @Test
  void continuesAfterPollsThatFail() throws Exception {
    var answers =
        List.<LoginWait.Poll>of(
            _ -> cut(),
            _ -> {
              throw new BadAnswer("GET", "the answer is empty", "", null);
            },
            _ -> NOT_YET,
            _ -> LINKED);
    assertThat(wait(Duration.ofMinutes(5), d -> answers.get(polls.size() - 1).ask(d)))
        .contains(LINKED);
    assertThat(polls).hasSize(4);
  }

  @Test
  void cutsEachPollAtHalfAMinuteAndAtTheEnd() throws Exception {
    wait(
        Duration.ofSeconds(70),
        deadline -> {
          now = now.plus(deadline.remaining());
          return heldBack();
        });
    assertThat(polls).startsWith(Duration.ofSeconds(30), Duration.ofSeconds(30)).hasSize(3);
    assertThat(now).isEqualTo(Duration.ofSeconds(70));
  }

  @Test
  void pausesLongerEachTimeUpToTenSeconds() throws Exception {
    assertThat(wait(Duration.ofMinutes(5), _ -> NOT_YET)).isEmpty();
    assertThat(pauses.subList(0, 4))
        .extracting(Duration::toMillis)
        .containsExactly(404L, 653L, 1057L, 1711L);
    assertThat(pauses)
        .allSatisfy(each -> assertThat(each).isLessThanOrEqualTo(Duration.ofSeconds(10)));
    assertThat(now).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void doesNotPollWithoutTime() throws Exception {
    assertThat(wait(Duration.ZERO, _ -> LINKED)).isEmpty();
    assertThat(polls).isEmpty();
  }

  @Test
  void endsWhenTheAgentIsRefused() {
    var refusal = new Rejected("GET", "HTTP 401", "", null);
    assertThatThrownBy(() ->
            wait(
                Duration.ofMinutes(5),
                _ -> {
                  throw refusal;
                }))
        .isSameAs(refusal);
    assertThat(polls).hasSize(1);
  }
}

package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.UsageException;
import java.util.ArrayList;
import java.util.List;

/**
 * A provider of {@code coder exec}, and the variables that get its fields.
 *
 * @param provider id of the external provider
 * @param variables none for those that programs usually read
 */
record ExecRequest(String provider, List<ExecVariable> variables) {
  static final Flag WITH =
      Flag.value("--with", "PROVIDER", "", "a further provider; --env behind it is for this one")
          .repeated();
  static final Flag ENV =
      Flag.value("--env", "NAME[=WHAT]", "", "sets this variable, for the provider before it")
          .repeated();

  /**
   * Takes the arguments apart: {@code --env} belongs to the provider that stands before it.
   *
   * @throws UsageException if a provider or a variable comes twice, or a name is wrong
   */
  static List<ExecRequest> parse(Arguments arguments) {
    var requests = new ArrayList<ExecRequest>();
    requests.add(new ExecRequest(arguments.operands().getFirst(), new ArrayList<>()));
    for (var flag : arguments.order()) {
      if (flag.name().equals(WITH.name())) {
        requests.add(new ExecRequest(flag.value(), new ArrayList<>()));
      } else if (flag.name().equals(ENV.name())) {
        requests.getLast().variables().add(ExecVariable.parse(flag.value()));
      }
    }
    check(requests);
    return requests;
  }

  private static void check(List<ExecRequest> requests) {
    var seen = new ArrayList<String>();
    for (var request : requests) {
      if (request.provider().isEmpty()) throw new UsageException("the provider's id is empty");
      seen.add("provider " + request.provider());
      for (var variable : request.variables()) seen.add("variable " + variable.name());
    }
    for (String each : seen) {
      if (seen.indexOf(each) == seen.lastIndexOf(each)) continue;
      throw new UsageException("exec takes each provider and each variable once");
    }
  }
}

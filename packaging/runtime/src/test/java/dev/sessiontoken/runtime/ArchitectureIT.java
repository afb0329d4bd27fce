package dev.sessiontoken.runtime;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures;
import java.util.Collection;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Rules for the compiled classes of all modules in the image. ArchUnit reads the class files; it
 * does not run them.
 */
class ArchitectureIT {
  private static final String ALL = "dev.sessiontoken";

  /** Modules of the image; the test kit and the demo are programs of the build. */
  private static final String[] SHIPPED = {
    ALL + ".spi",
    ALL + ".discovery",
    ALL + ".process",
    ALL + ".http",
    ALL + ".client",
    ALL + ".gjson",
    ALL + ".cli",
    ALL + ".resident",
    ALL + ".provider"
  };

  /** Lower bound of classes seen: fewer mean that the importer did not find the modules. */
  private static final int FLOOR = 200;

  /**
   * Classes that may use the streams and variables of the process, and end it; {@code JvmSettings}
   * reads properties for the library, and no class of it is loaded by the command line.
   */
  private static final Set<String> PROCESS =
      Set.of("Main", "StandardError", "ShutdownHook", "TrainingRun", "JarProbeMain", "JvmSettings");

  /** Members of System that neither read nor change the state of the process. */
  private static final Set<String> STATELESS =
      Set.of("nanoTime", "arraycopy", "getLogger", "lineSeparator", "identityHashCode");

  /** Static fields of mutable objects, each with the reason why the rule allows it. */
  private static final Map<String, String> MUTABLE_STATICS =
      Map.of(
          ALL + ".http.tls.KeyFile.VERSION", "bytes of DER; private, only read",
          ALL + ".http.tls.PemCertificate.SEXTETS", "table of Base64; private, only read",
          ALL + ".http.tls.QuickEngine.GROUP", "an argument of the JDK's; private, only read");

  private final JavaClasses classes = new ClassFileImporter().importPackages(SHIPPED);

  @Test
  void allModulesAreSeen() {
    assertThat(classes).hasSizeGreaterThan(FLOOR);
    for (String name : SHIPPED) {
      assertThat(classes).anyMatch(each -> each.getPackageName().startsWith(name));
    }
  }

  @Test
  void noPackagesDependOnEachOtherInACycle() {
    slices().matching(ALL + ".(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void onlyClassesOfTheProcessUseSystem() {
    noClasses()
        .that(describe("are not of the process", each -> !PROCESS.contains(outermost(each))))
        .should()
        .accessTargetWhere(
            describe("a stream, variable or end of the process", this::isProcessAccess))
        .check(classes);
  }

  private boolean isProcessAccess(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    if (owner.equals(Runtime.class.getName())) return Set.of("exit", "halt").contains(name);
    return owner.equals(System.class.getName()) && !STATELESS.contains(name);
  }

  private static String outermost(JavaClass each) {
    return each.getEnclosingClass().map(ArchitectureIT::outermost).orElseGet(each::getSimpleName);
  }

  @Test
  void noStaticFieldIsMutable() {
    fields()
        .that(describe("are static and written in source", ArchitectureIT::isStatic))
        .should()
        .beFinal()
        .check(classes);
    fields()
        .that(describe("are static and written in source", ArchitectureIT::isStatic))
        .should()
        .notHaveRawType(describe("of which the content changes", ArchitectureIT::isMutable))
        .check(classes);
  }

  private static boolean isStatic(JavaField field) {
    return field.getModifiers().contains(JavaModifier.STATIC)
        && !field.getModifiers().contains(JavaModifier.SYNTHETIC)
        && !field.getName().startsWith("$")
        && !MUTABLE_STATICS.containsKey(field.getFullName());
  }

  /**
   * Immutable lists and maps have the types of mutable ones: the rule cannot tell them apart, so
   * reviewers must.
   */
  private static boolean isMutable(JavaClass type) {
    return type.isArray()
        || type.getPackageName().startsWith("java.util.concurrent")
        || type.isEquivalentTo(StringBuilder.class)
        || isMutableCollection(type);
  }

  private static boolean isMutableCollection(JavaClass type) {
    boolean isCollection = type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
    return isCollection && !type.isInterface();
  }

  @Test
  void onlyTheArgumentsPackageUsesArgs4j() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ALL + ".cli.args")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.kohsuke..")
        .check(classes);
  }

  @Test
  void onlyDiscoveryLoadsServices() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ALL + ".discovery..")
        .and()
        .doNotHaveSimpleName("ResidentMain") // of the program itself, not of providers
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ServiceLoader.class)
        .check(classes);
  }

  @Test
  void tlsAndProxyDependOnTheContractAndTheJdkOnly() {
    for (String leaf : new String[] {ALL + ".http.tls", ALL + ".http.proxy"}) {
      noClasses()
          .that()
          .resideInAPackage(leaf)
          .should()
          .dependOnClassesThat(
              resideInAPackage(ALL + "..")
                  .and(DescribedPredicate.not(resideInAPackage(leaf)))
                  .and(DescribedPredicate.not(resideInAPackage(ALL + ".spi"))))
          .check(classes);
    }
  }

  @Test
  void theCommandLinesPackagesDependDownwardsOnly() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("args")
        .definedBy(ALL + ".cli.args")
        .layer("process")
        .definedBy(ALL + ".cli.process")
        .layer("command")
        .definedBy(ALL + ".cli.command")
        .layer("agent")
        .definedBy(ALL + ".cli.agent")
        .layer("git")
        .definedBy(ALL + ".cli.git")
        .layer("tool")
        .definedBy(ALL + ".cli.tool")
        .layer("workspace")
        .definedBy(ALL + ".cli.workspace")
        .layer("resident")
        .definedBy(ALL + ".cli.resident")
        .layer("cli")
        .definedBy(ALL + ".cli")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("git")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("tool")
        .mayOnlyBeAccessedByLayers("git", "cli")
        .whereLayer("workspace")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("resident")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("agent")
        .mayOnlyBeAccessedByLayers("git", "tool", "workspace", "cli")
        .whereLayer("command")
        .mayOnlyBeAccessedByLayers("agent", "git", "tool", "workspace", "resident", "cli")
        .whereLayer("process")
        .mayOnlyBeAccessedByLayers(
            "command", "agent", "git", "tool", "workspace", "resident", "cli")
        .check(classes);
  }
}

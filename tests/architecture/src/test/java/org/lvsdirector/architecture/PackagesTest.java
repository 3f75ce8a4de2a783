// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rooms of the house: how large they are, what leads from one to the other, what their doors
 * say.
 */
final class PackagesTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final int MAX_FILES = 40;
  private static final Pattern EXPORTS = Pattern.compile("exports ([\\w.]+);");

  /** The folders of the modules that have a descriptor. */
  static List<Path> descriptors() throws IOException {
    try (var folders = Files.list(ROOT)) {
      return folders
          .map(folder -> folder.resolve("src/main/java/module-info.java"))
          .filter(Files::exists)
          .sorted()
          .toList();
    }
  }

  @Test
  void packagesHaveNoCircles() {
    slices().matching("org.lvsdirector.(**)").should().beFreeOfCycles().check(Production.CLASSES);
  }

  @Test
  void noPackageIsAListToSearch() {
    var files =
        Production.CLASSES.stream()
            .filter(type -> type.isTopLevelClass() && !isPackageInfo(type))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    assertThat(files.size()).isGreaterThan(30);
    assertThat(files)
        .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MAX_FILES));
  }

  @Test
  void everyPackageSaysWhatLivesThereAndWhereToStart() throws IOException {
    for (var name : packages()) {
      var text = Files.readString(source(name));

      assertThat(text).as("%s: what lives here", name).contains("/**");
      assertThat(text.replaceAll("\\s+\\*?\\s*", " "))
          .as("%s: where to start", name)
          .contains("Start with");
    }
  }

  @ParameterizedTest
  @MethodSource("descriptors")
  void aModuleExportsWhatOthersUse(Path descriptor) throws IOException {
    var text = Files.readString(descriptor);
    var exported = new TreeSet<String>();
    EXPORTS.matcher(text).results().forEach(found -> exported.add(found.group(1)));
    var own = exported.first();

    assertThat(exported).isEqualTo(usedByOthers(own));
  }

  /** The packages below one that classes outside of it name, or that what they name shows them. */
  private static Set<String> usedByOthers(String own) {
    var used = new TreeSet<String>();
    for (var type : Production.CLASSES) {
      if (!isIn(own, type)) {
        type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .filter(target -> isIn(own, target))
            .forEach(target -> used.add(target.getPackageName()));
      }
    }
    return used;
  }

  private static boolean isIn(String module, JavaClass type) {
    var name = type.getPackageName();
    return name.equals(module) || name.startsWith(module + ".");
  }

  private static Set<String> packages() {
    return Production.CLASSES.stream()
        .filter(type -> !isPackageInfo(type))
        .map(JavaClass::getPackageName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Path source(String name) throws IOException {
    var path = Path.of("src/main/java", (name + ".package-info").split("\\."));
    var file = path.resolveSibling("package-info.java");
    try (var folders = Files.list(ROOT)) {
      return folders
          .map(folder -> folder.resolve(file))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow(() -> new AssertionError(name + " has no package-info"));
    }
  }

  private static boolean isPackageInfo(JavaClass type) {
    return type.getSimpleName().equals("package-info");
  }
}

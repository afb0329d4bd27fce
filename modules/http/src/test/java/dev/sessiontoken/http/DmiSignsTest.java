package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DmiSignsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "sys_vendor, Amazon EC2, EC2",
    "bios_version, 4.11.amazon, EC2",
    "chassis_asset_tag, 7783-7084-3265-9085-8269-3286-77, AZURE",
    "product_name, Google Compute Engine, GOOGLE"
  })
  void showTheCloudOfAMachine(String file, String content, Cloud cloud) throws Exception {
    Files.writeString(folder.resolve(file), content + "\n");
    for (var each : Cloud.values()) {
      assertThat(each.lacks(folder).isEmpty()).as("%s", each).isEqualTo(each == cloud);
    }
  }

  @ParameterizedTest
  @EnumSource
  void areMissingOnOtherMachinesAndInContainersThatHideThem(Cloud cloud) throws Exception {
    assertThat(cloud.lacks(folder.resolve("none")))
        .contains("the DMI data of this machine do not show " + cloud.machine());
    Files.writeString(folder.resolve("sys_vendor"), "Microsoft Corporation\n");
    Files.createDirectory(folder.resolve("product_name"));
    assertThat(cloud.lacks(folder)).isPresent();
  }

  @Test
  void areReadAsFarAsTheKernelWritesThem() {
    assertThat(new DmiSigns(java.util.Map.of("zero", "x")).areIn(Path.of("/dev"))).isFalse();
  }
}

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { buildGuest, missingForGuest, runtime, type GuestFiles } from "./guest-kernel.ts";

// npm run devices:guest [-- --install] [-- --verbose] [-- --only WORDS]
//
// A virtual machine with the kernel's own USB printer, keyboard, HID-POS and serial gadgets on a virtual bus, and in it
// this project, this Node and these node_modules: the device host drives real Linux drivers. One line for each case; the
// last line reads `N passed, N failed`, or `skipped: why`.

/** Two minutes on a machine with nothing else to do; one whose other work leaves it a tenth of that still ends. */
const PATIENCE_MS = 25 * 60_000;

const { values } = parseArgs({
  options: {
    install: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
    /** Only the cases whose names hold these words. */
    only: { type: "string", default: "" },
  },
});
if (values.install) install();
const missing = missingForGuest();
if (missing.length > 0) {
  console.log(`skipped: ${missing.join("; ")}; npm run devices:guest -- --install brings what Debian has`);
} else {
  const code = `cd '${projectRoot}' && exec '${process.execPath}' tests/devices/guest/in-guest.ts "$0"`;
  process.exitCode = await run(buildGuest(["/bin/sh", "-c", code, values.only]));
}

/** @returns the exit code */
async function run({ kernel, initrd }: GuestFiles): Promise<number> {
  const qemu = spawn(
    "qemu-system-x86_64",
    [
      ...["-nodefaults", "-no-reboot", "-display", "none", "-machine", "pc", "-m", "1024", "-smp", "2"],
      // Never KVM: a guest inside a guest hangs on machines where /dev/kvm opens all the same.
      ...["-accel", "tcg"],
      ...["-kernel", kernel, "-initrd", initrd, "-append", "console=ttyS0 panic=-1 quiet"],
      ...["-serial", "stdio"],
      ...["-virtfs", "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap"],
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const timer = setTimeout(() => qemu.kill("SIGKILL"), PATIENCE_MS);
  process.on("exit", () => qemu.kill("SIGKILL"));
  let verdict: string | null = null;
  for await (const line of createInterface({ input: qemu.stdout })) {
    const text = line.trimEnd();
    if (/^\d+ passed, \d+ failed$/.test(text)) verdict = text;
    else if (values.verbose || /^(?:ok|FAILED) {2,}|^the guest is up|^no /.test(text)) console.log(text);
  }
  clearTimeout(timer);
  if (verdict === null) console.log("FAILED  the guest ended without a verdict; --verbose shows what it said");
  console.log(verdict ?? "0 passed, 1 failed");
  return verdict?.endsWith(" 0 failed") && !verdict.startsWith("0 ") ? 0 : 1;
}

/** From Debian's own archive; the kernel is only unpacked, never installed. */
function install(): void {
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const apt = (...args: readonly string[]): void => {
    const [program = "", ...rest] = [...asRoot, "apt-get", "-qq", ...args];
    spawnSync(program, rest, { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  };
  apt("update");
  apt("install", "-y", "--no-install-recommends", "qemu-system-x86", "busybox-static", "kmod");
  mkdirSync(runtime, { recursive: true });
  const { stdout } = spawnSync("apt-cache", ["depends", "linux-image-amd64"], { encoding: "utf8" });
  const kernel = /Depends: (linux-image-\S+)/.exec(stdout)?.[1];
  if (kernel !== undefined) spawnSync("apt-get", ["download", kernel], { cwd: runtime, stdio: "inherit" });
}

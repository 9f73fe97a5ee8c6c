import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "#scripts/electron-runtime.ts";

/** All that the guest is made of, outside the repository. */
export const runtime = join(projectRoot, ".runtime/guest");
const extracted = join(runtime, "kernel");

/** Where Debian's kernel keeps what the guest loads; the rest of 400 MB stays packed. */
const parts = [
  "./boot/vmlinuz-*",
  ...["modules.order", "modules.builtin*"].map((name) => `./lib/modules/*/${name}`),
  ...["drivers/usb/*", "drivers/hid/*", "drivers/input/*", "drivers/virtio/*", "fs/9p/*", "fs/configfs/*"].map(
    inKernel,
  ),
  ...["fs/fscache/*", "fs/netfs/*", "net/9p/*", "lib/*", "drivers/tty/*", "drivers/char/*"].map(inKernel),
];
const firstModules = "virtio_pci 9pnet_virtio 9p";
const laterModules =
  "usblp cdc_acm usbhid hid_generic evdev dummy_hcd libcomposite usb_f_printer usb_f_hid usb_f_acm configfs";

export interface GuestFiles {
  readonly kernel: string;
  readonly initrd: string;
}

/** What is missing to run a guest here, in words; empty when nothing is. */
export function missingForGuest(): readonly string[] {
  if (process.platform !== "linux" || process.arch !== "x64") return ["it needs Linux on x64"];
  return [
    ...["qemu-system-x86_64", "busybox", "depmod", "dpkg-deb", "tar"]
      .filter((program) => !isProgram(program))
      .map((program) => `${program} is not installed`),
    ...(kernelPackage() === undefined && !existsSync(extracted) ? ["no kernel package in .runtime/guest"] : []),
  ];
}

/** The kernel and an initial file system that mounts this machine's files read-only and runs `command` in them. */
export function buildGuest(command: readonly string[]): GuestFiles {
  extractKernel();
  const [version] = readdirSync(join(extracted, "lib/modules"));
  if (version === undefined) throw new Error("the kernel package holds no modules");
  const tree = join(runtime, "initrd");
  rmSync(tree, { recursive: true, force: true });
  for (const folder of ["bin", "proc", "sys", "dev", "host", "lib"]) mkdirSync(join(tree, folder), { recursive: true });
  copyFileSync(where("busybox"), join(tree, "bin/busybox"));
  execFileSync("cp", ["-a", join(extracted, "lib/modules"), join(tree, "lib/modules")]);
  writeFileSync(join(tree, "init"), init(command));
  chmodSync(join(tree, "init"), 0o755);
  const initrd = join(runtime, "initrd.gz");
  execFileSync("sh", ["-c", `find . | busybox cpio -o -H newc | gzip -1 > '${initrd}'`], { cwd: tree, stdio: "pipe" });
  return { kernel: join(extracted, "boot", `vmlinuz-${version}`), initrd };
}

function extractKernel(): void {
  if (existsSync(join(extracted, "extracted"))) return;
  rmSync(extracted, { recursive: true, force: true });
  mkdirSync(extracted, { recursive: true });
  const archive = kernelPackage();
  if (archive === undefined) throw new Error("there is no kernel package");
  const unpack = `dpkg-deb --fsys-tarfile "$0" | tar -x --wildcards -C "$1" ${parts.map((part) => `'${part}'`).join(" ")}`;
  execFileSync("sh", ["-c", unpack, archive, extracted], { stdio: "pipe" });
  const [version = ""] = readdirSync(join(extracted, "lib/modules"));
  execFileSync(where("depmod"), ["-b", extracted, version], { stdio: "pipe" });
  // Last, so that an extraction that was cut off is done again.
  writeFileSync(join(extracted, "extracted"), "");
}

function kernelPackage(): string | undefined {
  if (!existsSync(runtime)) return undefined;
  const name = readdirSync(runtime).find((entry) => /^linux-image-.*_amd64\.deb$/.test(entry));
  return name === undefined ? undefined : join(runtime, name);
}

/** The guest's first program: mounts, drivers, then the command as on this machine. */
function init(command: readonly string[]): string {
  const quoted = command.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(" ");
  return `#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
for module in ${firstModules}; do modprobe $module || echo "no module $module"; done
mount -t 9p -o trans=virtio,version=9p2000.L,ro,msize=512000,cache=loose host /host || echo "no host files"
for module in ${laterModules}; do modprobe $module || echo "no module $module"; done
for folder in proc sys dev; do mount -o bind /$folder /host/$folder; done
mount -t tmpfs run /host/run
mount -t tmpfs tmp /host/tmp
mkdir -p /host/dev/shm /host/dev/pts
mount -t tmpfs shm /host/dev/shm
mount -t devpts pts /host/dev/pts
mount -t configfs none /host/sys/kernel/config
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp UV_THREADPOOL_SIZE=16
echo "the guest is up after $(cut -d ' ' -f 1 /proc/uptime) s"
chroot /host ${quoted}
poweroff -f
`;
}

function inKernel(path: string): string {
  return `./lib/modules/*/kernel/${path}`;
}

function isProgram(name: string): boolean {
  return where(name) !== "";
}

function where(name: string): string {
  const folders = [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin", "/sbin"];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? "";
}

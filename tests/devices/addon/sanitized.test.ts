import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { compileForLinux } from "#scripts/setup/addon.mjs";
import { exercises } from "./exercises.ts";

// The addon built with gcc's address and undefined-behaviour sanitizers does every exercise: memory used after it was
// freed, out of bounds or twice freed ends the process. Leaks are not looked for: Node keeps what it has until its end.

const asan = whereAsanIs();
if (asan === null) {
  console.log("addon under sanitizers: not run here, it needs gcc with libasan on Linux");
  describe("the addon under sanitizers", () => {
    it("is not run where there is no gcc with libasan", () => expect(asan).toBe(null));
  });
} else {
  describe("the addon under sanitizers", () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "tillway-sanitized-"));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it("does every exercise without touching memory that is not its own", { timeout: 240_000 }, () => {
      const binary = join(folder, "addon.node");
      expect(compileForLinux(binary, { sanitize: true })).toMatchObject({ ok: true });
      const { status, stdout, stderr } = runUnder(asan, ["tests/devices/addon/run-exercises.ts", binary]);
      expect({ status, last: stdout.trim().split("\n").at(-1), stderr }).toEqual({
        status: 0,
        last: `${exercises.length} exercises passed`,
        stderr: "",
      });
    });

    it("would be ended by a mistake: the control uses memory it has freed", { timeout: 60_000 }, () => {
      const source = join(folder, "control.cc");
      const binary = join(folder, "control.node");
      writeFileSync(
        source,
        "#include <node_api.h>\nNAPI_MODULE_INIT() { (void)env; int* p = new int(1); delete p; *(volatile int*)p = 2; return exports; }\n",
      );
      const headers = `-I${join(projectRoot, "node_modules/node-api-headers/include")}`;
      execFileSync("c++", [
        "-std=c++17",
        "-w",
        "-fPIC",
        "-shared",
        "-fsanitize=address",
        headers,
        source,
        "-o",
        binary,
      ]);
      const { status, stderr } = runUnder(asan, ["-e", `require(${JSON.stringify(binary)})`]);
      expect(status).not.toBe(0);
      expect(stderr).toContain("heap-use-after-free");
    });
  });
}

function runUnder(library: string, args: readonly string[]) {
  return spawnSync(process.execPath, args, {
    cwd: projectRoot,
    encoding: "utf8",
    timeout: 180_000,
    env: {
      ...process.env,
      LD_PRELOAD: library,
      ASAN_OPTIONS: "detect_leaks=0:halt_on_error=1",
      UBSAN_OPTIONS: "halt_on_error=1:print_stacktrace=1",
    },
  });
}

function whereAsanIs(): string | null {
  if (process.platform !== "linux") return null;
  const { status, stdout } = spawnSync("c++", ["-print-file-name=libasan.so"], { encoding: "utf8" });
  const path = stdout?.trim() ?? "";
  return status === 0 && path.startsWith("/") && existsSync(path) ? path : null;
}

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { desktopAutostart, desktopEntry, loginItemAutostart } from "./autostart.ts";

let home: string;
let entry: string;
let warned: unknown[];
const log = { warn: (what: string, facts?: Record<string, unknown>) => void warned.push({ what, ...facts }) };
const command = { program: "/opt/tillway/tillway", args: [] };

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "tillway-config-"));
  entry = join(home, "autostart", "tillway.desktop");
  warned = [];
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** What a desktop makes of an Exec line: the value's own backslashes first, then the quotes, read by a real shell. */
function argumentsOf(text: string): readonly string[] {
  const exec = /^Exec=(.*)$/m.exec(text)?.[1] ?? "";
  const value = exec.replaceAll(String.raw`\\`, "\\").replaceAll("%%", "%");
  const { stdout } = spawnSync("/bin/sh", ["-c", `for word in ${value}; do printf '%s\\0' "$word"; done`]);
  return stdout.toString().split("\0").slice(0, -1);
}

describe("Starting with the machine on Linux", () => {
  it("is a desktop entry in the user's own folder, and gone again when it is switched off", () => {
    const autostart = desktopAutostart(home, command, log);
    expect(autostart.isOn()).toBe(false);
    expect(autostart.set(true)).toEqual({ ok: true, value: null });
    expect(autostart.isOn()).toBe(true);
    expect(readFileSync(entry, "utf8")).toBe(
      '[Desktop Entry]\nType=Application\nName=Tillway\nExec="/opt/tillway/tillway"\nTerminal=false\n',
    );
    expect(statSync(entry).mode & 0o777).toBe(0o600);
    expect(autostart.set(false)).toEqual({ ok: true, value: null });
    expect([autostart.isOn(), existsSync(entry)]).toEqual([false, false]);
    // Twice is as good as once.
    expect(autostart.set(false)).toEqual({ ok: true, value: null });
    expect(warned).toEqual([]);
  });

  it("counts as off where a person has switched it off in the desktop's own settings, and is on again at a press", () => {
    const autostart = desktopAutostart(home, command, log);
    autostart.set(true);
    for (const off of ["Hidden=true", "X-GNOME-Autostart-enabled=false"]) {
      writeFileSync(entry, `${readFileSync(entry, "utf8")}${off}\n`);
      expect([off, autostart.isOn()]).toEqual([off, false]);
      autostart.set(true);
      expect(autostart.isOn()).toBe(true);
    }
  });

  it("says so where the folder cannot be made, and tells the log why", () => {
    writeFileSync(join(home, "autostart"), "somebody's file");
    expect(desktopAutostart(home, command, log).set(true)).toEqual({ ok: false, fault: "autostart-unwritable" });
    const what = "starting with the machine could not be changed";
    expect(warned).toEqual([{ what, path: entry, isOn: true, cause: expect.objectContaining({ code: "EEXIST" }) }]);
  });

  it("says so where the entry cannot be taken away, and tells the log why", () => {
    mkdirSync(entry, { recursive: true });
    expect(desktopAutostart(home, command, log).set(false)).toEqual({ ok: false, fault: "autostart-unwritable" });
    const what = "starting with the machine could not be changed";
    expect(warned).toEqual([
      { what, path: entry, isOn: false, cause: expect.objectContaining({ code: "ERR_FS_EISDIR" }) },
    ]);
  });

  it("starts exactly what it was told, whatever letters are in a path", () => {
    const paths = [
      "/opt/tillway/tillway",
      "/home/小林/我的 收银台/Tillway.AppImage",
      `/srv/it's "quoted" $HOME \`id\` 100%/till\\way`,
    ];
    for (const program of paths) {
      const args = ["--data-dir", `${program} data`];
      expect(argumentsOf(desktopEntry({ program, args }))).toEqual([program, ...args]);
    }
  });

  it("really runs: a desktop's way of reading it starts the program with its arguments", () => {
    const folder = join(home, "a $shop's");
    mkdirSync(folder);
    const program = join(folder, "till");
    const told = join(home, "told");
    writeFileSync(program, `#!/bin/sh\nprintf '%s' "$*" > '${told}'\n`);
    chmodSync(program, 0o700);
    const [started = "", ...args] = argumentsOf(desktopEntry({ program, args: ["--data-dir", "/a b"] }));
    spawnSync(started, args);
    expect(readFileSync(told, "utf8")).toBe("--data-dir /a b");
  });
});

describe("Starting with the machine on Windows and macOS", () => {
  it("is an item of the system's list, and a system that refuses is noticed", () => {
    const kept: unknown[] = [];
    let isRefused = false;
    const items = {
      setLoginItemSettings: (settings: { readonly openAtLogin: boolean }) => {
        if (!isRefused) kept.push(settings);
      },
      getLoginItemSettings: () => ({ openAtLogin: kept.length % 2 === 1 }),
    };
    const autostart = loginItemAutostart(items, {
      program: "C:\\Tillway\\Tillway.exe",
      args: ["--data-dir", "D:\\Till"],
    });
    expect(autostart.set(true)).toEqual({ ok: true, value: null });
    expect(kept).toEqual([{ openAtLogin: true, path: "C:\\Tillway\\Tillway.exe", args: ["--data-dir", "D:\\Till"] }]);
    isRefused = true;
    expect(autostart.set(false)).toEqual({ ok: false, fault: "autostart-unwritable" });
    expect(autostart.isOn()).toBe(true);
  });
});

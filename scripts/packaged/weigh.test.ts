import { describe, expect, test } from "vitest";
import { foreignNatives, totalOf, weigh, weightLines } from "./weigh.ts";

const file = (path: string, bytes: number) => ({ path, bytes, isUnpacked: false, sha256: "", at: 0 });

describe("A package's weight", () => {
  test("is told by folder of ours and by package, the heaviest first", () => {
    const weights = weigh([
      file("out/main/app.js", 300),
      file("out/main/parts/a.js", 30),
      file("node_modules/@fastify/send/index.js", 40),
      file("node_modules/pg/lib/index.js", 40),
      file("node_modules/pg/node_modules/x/index.js", 2_000),
      file("package.json", 5),
    ]);
    expect(weights).toEqual([
      { part: "pg", bytes: 2_040 },
      { part: "out/main", bytes: 330 },
      { part: "@fastify/send", bytes: 40 },
      { part: "package.json", bytes: 5 },
    ]);
    expect(totalOf(weights)).toBe(2_415);
    expect(weightLines(weights, 1).map((line) => line.trim())).toEqual([
      "2 kB  pg",
      "0 kB  3 more",
      "2 kB  all of ours",
    ]);
  });
});

describe("Native modules", () => {
  const paths = [
    "node_modules/better-sqlite3/prebuilds/linux-x64.node",
    "node_modules/@serialport/bindings-cpp/prebuilds/darwin-x64+arm64/a.node",
    "node_modules/@serialport/bindings-cpp/prebuilds/linux-x64/a.musl.node",
    "native/addon/prebuilds/win32-x64/tillway-devices.node",
  ].map((path) => ({ path }));

  test("of another system, processor or C library are foreign here", () => {
    const foreign = (platform: string, arch: string) => foreignNatives(paths, { platform, arch });
    expect(foreign("linux", "x64")).toEqual(paths.slice(1).map(({ path }) => path));
    expect(foreign("darwin", "arm64")).not.toContain(paths[1]?.path);
    expect(foreign("win32", "x64")).not.toContain(paths[3]?.path);
    expect(foreign("linux", "arm64")).toHaveLength(4);
  });

  test("are looked at alone: other files may be named as they like", () => {
    expect(foreignNatives([{ path: "docs/win32-x64.md" }], { platform: "linux", arch: "x64" })).toEqual([]);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FuseV1Options, flipFuses, FuseVersion } from "@electron/fuses";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { fuseNames, type FuseState, judgeFuses, readFuses, wantedFuses } from "./fuses.ts";

const folder = mkdtempSync(join(tmpdir(), "tillway-fuses-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const wanted: readonly FuseState[] = Object.values(wantedFuses);

/** A program as Electron's are: anything, the sentinel, the wire's version and length, the wire, anything. */
function programWith(wire: string): string {
  const file = join(folder, `program-${wire}`);
  const head = Buffer.from([1, wire.length]);
  writeFileSync(
    file,
    Buffer.concat([Buffer.alloc(100, 7), Buffer.from("dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"), head, Buffer.from(wire)]),
  );
  return file;
}

describe("The fuses of a program", () => {
  test("are read in the order of the wire, also those that the reading library does not know yet", async () => {
    expect(await readFuses(programWith("01001100r"))).toEqual([
      ...["off", "on", "off", "off", "on", "on", "off", "off", "removed"],
    ]);
    expect(await readFuses(programWith("1x"))).toEqual(["on", "unknown"]);
    await expect(readFuses(join(folder, "nowhere"))).rejects.toThrow();
  });

  test("are right as they are stated, with nine of them or with eight", () => {
    expect(judgeFuses(wanted)).toEqual({ ok: true, states: wantedFuses, wrong: [] });
    expect(judgeFuses(wanted.slice(0, 8))).toMatchObject({ ok: true, wrong: [] });
  });

  test("are wrong with any one of them flipped, and it is named", () => {
    fc.assert(
      fc.property(fc.nat(wanted.length - 1), (place) => {
        const flipped = wanted.map((state, at): FuseState => (at !== place ? state : state === "on" ? "off" : "on"));
        expect(judgeFuses(flipped)).toMatchObject({ ok: false, wrong: [fuseNames[place]] });
      }),
    );
  });

  test("are wrong while one is missing, or one that nobody has stated is there", () => {
    expect(judgeFuses(wanted.slice(0, 7))).toMatchObject({ ok: false, wrong: ["grantFileProtocolExtraPrivileges"] });
    expect(judgeFuses([...wanted, "on"])).toMatchObject({ ok: false, wrong: ["fuse 9"] });
    expect(judgeFuses([])).toMatchObject({ ok: false });
  });

  test("are seen to be wrong on a program on which the fuse tool has flipped one", async () => {
    const program = programWith("010011001");
    expect(judgeFuses(await readFuses(program))).toMatchObject({ ok: true });
    await flipFuses(program, { version: FuseVersion.V1, [FuseV1Options.RunAsNode]: true });
    expect(judgeFuses(await readFuses(program))).toMatchObject({ ok: false, wrong: ["runAsNode"] });
  });
});

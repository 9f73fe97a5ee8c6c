import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mostNexoBytes } from "#contract/nexo/header.ts";
import { assert } from "#core/result.ts";
import { createDropFolder } from "#main/legacy/drop-folder.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { FuzzParser } from "../parser.ts";
import { scratch } from "../scratch.ts";

/** Longer than a file may grow that is no JSON yet. */
const lookLaterMs = 2_500;
const looks = 3;

/** A name, a line break, and what stands in the file: a door looks at it until there is nothing to look at any more. */
export const oldTillFiles: FuzzParser = {
  name: "old-till-files",
  reads: "files of old tills in a drop folder, their names and their bytes (main/legacy/drop-folder)",
  seeds: () =>
    ['1001.json\n{"SaleToPOIRequest":{}}', "付款.json\n{}", 'half.json\n{"pay":'].map((text) => Buffer.from(text)),
  words: [".json\n", ".", "..", ".json.part", ".tmp", "\n{", "长", "CON", "\u202e"],
  twentieths: 1,
  async read(input) {
    const folder = join(scratch(), "drop");
    const requests = join(folder, "requests");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(requests, { recursive: true });
    if (!putFile(requests, Buffer.from(input))) return { isTaken: false, told: null };
    const [written = ""] = readdirSync(requests);
    const asked = await work(folder);
    const [answers, done, left] = ["responses", "done", "requests"].map((part) => readdirSync(join(folder, part)));
    assert(asked.length <= 1 && asked.every((text) => Buffer.byteLength(text) <= mostNexoBytes + 1), "asked once");
    assert(left?.length === (asked.length === 0 ? 1 : 0), "what was asked is put away, what was not stays");
    const names = asked.length === 0 ? [] : [written];
    assert(JSON.stringify([answers, done]) === JSON.stringify([names, names]), "answered under its own name alone");
    assert(readdirSync(folder).length === 3 && !existsSync(join(scratch(), "1001.json")), "nothing anywhere else");
    return { isTaken: asked.length === 1, told: { asked, names } };
  },
};

/** False where no file can have that name. */
function putFile(requests: string, input: Buffer): boolean {
  const at = input.indexOf(0x0a);
  const name = input.subarray(0, at < 0 ? input.length : at).filter((byte) => byte !== 0x2f && byte !== 0);
  try {
    writeFileSync(Buffer.concat([Buffer.from(`${requests}/`), name]), at < 0 ? "" : input.subarray(at + 1));
    return true;
  } catch {
    return false;
  }
}

/** @returns what the desk was asked */
async function work(folder: string): Promise<readonly string[]> {
  const asked: string[] = [];
  const troubles: unknown[] = [];
  let nowMs = 0;
  let next: PromiseWithResolvers<() => void> = Promise.withResolvers();
  const clock: Clock = {
    now: () => nowMs,
    after(_ms, callback) {
      next.resolve(callback);
      return () => {};
    },
  };
  const desk = { answer: (text: string) => Promise.resolve(`${asked.push(text)}`) };
  const door = createDropFolder({ folder, desk, clock, log: (what, facts) => troubles.push([what, facts]) });
  door.start();
  for (let look = 0; look < looks; look += 1) {
    const goOn = await next.promise;
    next = Promise.withResolvers();
    nowMs += lookLaterMs;
    if (look < looks - 1) goOn();
  }
  await door.stop();
  assert(troubles.length === 0, `no trouble: ${JSON.stringify(troubles[0])}`);
  return asked;
}

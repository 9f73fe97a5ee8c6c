import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { mostNexoBytes } from "#contract/nexo/header.ts";
import { realClock } from "#tests/support/device-host.ts";
import { until } from "#tests/support/poll.ts";
import { createDropFolder, mostDone } from "./drop-folder.ts";

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tillway-drop-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A door on a folder. The desk says how often it was asked the same; `hold` keeps it from answering. */
function openDoor(folder: string, hold: (text: string) => Promise<void> = async () => {}) {
  const asked: string[] = [];
  const logged: string[] = [];
  const desk = {
    async answer(text: string) {
      asked.push(text);
      await hold(text);
      return `{"answer to":${JSON.stringify(text.slice(0, 40))}}`;
    },
  };
  const log = (what: string, facts: Readonly<Record<string, string>>): void => {
    logged.push(`${what} ${facts["code"] ?? ""}`);
  };
  const door = createDropFolder({ folder, desk, clock: realClock, log });
  door.start();
  onTestFinished(() => door.stop());
  return { door, asked, logged };
}

/** As the old till does it: under another name first. */
function drop(folder: string, name: string, text: string | Buffer): void {
  mkdirSync(join(folder, "requests"), { recursive: true });
  const path = join(folder, "requests", name);
  writeFileSync(`${path}.tmp`, text);
  renameSync(`${path}.tmp`, path);
}

const answerTo = (folder: string, name: string): Promise<string> => {
  const path = join(folder, "responses", name);
  return until(`${name} is answered`, () => existsSync(path) && readFileSync(path, "utf8"));
};
const isDone = (folder: string, name: string): Promise<boolean> =>
  until(`${name} is done`, () => existsSync(join(folder, "done", name)) && !existsSync(join(folder, "requests", name)));

describe("the drop folder", () => {
  it("answers a request under its own name and puts it away", async () => {
    const folder = newFolder();
    const { asked } = openDoor(folder);
    drop(folder, "付款-1.json", '{"pay":1}');
    expect(await answerTo(folder, "付款-1.json")).toBe('{"answer to":"{\\"pay\\":1}"}');
    await isDone(folder, "付款-1.json");
    expect(asked).toEqual(['{"pay":1}']);
    expect(readdirSync(join(folder, "responses"))).toEqual(["付款-1.json"]);
  });

  it("answers others while one waits for its customer, at most eight at once", async () => {
    const folder = newFolder();
    const wait = Promise.withResolvers<void>();
    const { asked } = openDoor(folder, (text) => (text.includes("slow") ? wait.promise : Promise.resolve()));
    drop(folder, "a.json", '{"slow":0}');
    await until("the slow one is asked", () => asked.length === 1);
    drop(folder, "b.json", '{"abort":1}');
    await answerTo(folder, "b.json");
    for (let n = 1; n <= 10; n += 1) drop(folder, `c${n}.json`, `{"slow":${n}}`);
    await until("eight are at the desk", () => asked.length === 9);
    wait.resolve();
    for (let n = 1; n <= 10; n += 1) await isDone(folder, `c${n}.json`);
    expect(new Set(asked).size).toBe(12);
    expect(asked).toHaveLength(12);
  });

  it("has the same request answered again where it stopped between the desk and the answer", async () => {
    const folder = newFolder();
    const never = Promise.withResolvers<void>();
    const first = openDoor(folder, () => never.promise);
    drop(folder, "a.json", '{"pay":1}');
    await until("it is at the desk", () => first.asked.length === 1);
    await first.door.stop();
    never.resolve();
    const second = openDoor(folder);
    await isDone(folder, "a.json");
    expect(second.asked).toEqual(['{"pay":1}']);
  });

  it("hands damaged and oversized files to the desk too, so that their sender hears of it", async () => {
    const folder = newFolder();
    const { asked } = openDoor(folder);
    drop(folder, "half.json", '{"pay":');
    drop(folder, "gbk.json", Buffer.from([0x7b, 0xbd, 0xf0, 0x7d]));
    drop(folder, "long.json", `{"text":"${"x".repeat(2 * mostNexoBytes)}"}`);
    for (const name of ["half.json", "gbk.json", "long.json"]) await isDone(folder, name);
    expect(asked.toSorted().map((text) => text.length)).toEqual([0, 7, mostNexoBytes + 1]);
  });

  it("waits for a file that still grows though it has its name", async () => {
    const folder = newFolder();
    const { asked } = openDoor(folder);
    drop(folder, "grows.json", '{"pay"');
    drop(folder, "b.json", "{}");
    await isDone(folder, "b.json");
    writeFileSync(join(folder, "requests", "grows.json"), '{"pay":1}');
    await isDone(folder, "grows.json");
    expect(asked).toEqual(["{}", '{"pay":1}']);
  });

  it("takes neither what is no JSON file by name or kind, nor a link to what is not its business", async () => {
    const folder = newFolder();
    const secret = join(folder, "secret");
    writeFileSync(secret, '{"secret":1}');
    mkdirSync(join(folder, "requests", "folder.json"), { recursive: true });
    symlinkSync(secret, join(folder, "requests", "link.json"));
    execFileSync("mkfifo", [join(folder, "requests", "pipe.json")]);
    const longest = `${"长".repeat(65)}.json`;
    writeFileSync(join(folder, "requests", `x${longest}`), "{}");
    writeFileSync(join(folder, "requests", ".hidden.json"), "{}");
    writeFileSync(join(folder, "requests", "a.json.tmp"), "{}");
    const { asked } = openDoor(folder);
    drop(folder, longest, '{"pay":1}');
    await isDone(folder, longest);
    expect(asked).toEqual(['{"pay":1}']);
  });

  it("writes through no link that somebody has put in its way", async () => {
    const folder = newFolder();
    const elsewhere = newFolder();
    const settings = join(elsewhere, "terminal.json");
    writeFileSync(settings, "the till's own");
    mkdirSync(join(folder, "responses"), { recursive: true });
    symlinkSync(settings, join(folder, "responses", "a.json.part"));
    const first = openDoor(folder);
    drop(folder, "a.json", "{}");
    expect(await answerTo(folder, "a.json")).toContain("answer to");
    await isDone(folder, "a.json");
    await first.door.stop();
    rmSync(join(folder, "responses"), { recursive: true });
    symlinkSync(elsewhere, join(folder, "responses"));
    const { logged, asked } = openDoor(folder);
    drop(folder, "terminal.json", "{}");
    await until("it was said", () => logged.length === 1);
    expect([logged, asked]).toEqual([["the drop folder cannot be used ELOOP"], []]);
    expect(readFileSync(settings, "utf8")).toBe("the till's own");
  });

  it("makes no folder where the share is away, says so once, and works when it is back", async () => {
    const folder = join(newFolder(), "share");
    const { logged } = openDoor(folder);
    await until("it was said", () => logged.length === 1);
    expect(existsSync(folder)).toBe(false);
    mkdirSync(folder);
    drop(folder, "a.json", "{}");
    await isDone(folder, "a.json");
    expect(logged).toEqual(["the drop folder cannot be used ENOENT", "the drop folder works again "]);
  });

  it("keeps the newest requests it has answered, and no more", async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "done"), { recursive: true });
    for (let n = 0; n < mostDone + 20; n += 1) writeFileSync(join(folder, "done", `old-${n}.json`), "{}");
    openDoor(folder);
    drop(folder, "a.json", "{}");
    await until("the oldest are gone", () => readdirSync(join(folder, "done")).length === mostDone);
    expect(readdirSync(join(folder, "done"))).toContain("a.json");
  });
});

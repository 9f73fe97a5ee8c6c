import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SupportBundleJob } from "#contract/worker/health-messages.ts";
import { openLog } from "#main/log/open-log.ts";
import { openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { openSalesStore } from "#main/store/sales/open-sales-store.ts";
import { sweep } from "#tests/support/sweep.ts";
import type { Hands } from "../workbench.ts";
import { checkDatabase } from "./check-database.ts";
import { type MakeScrubber, supportBundle } from "./support-bundle.ts";

/** Everything that is nobody's business, each in the files where it could lie. */
const planted = {
  "a payment code": "134567890123456789",
  "a member's phone": "13812341234",
  "another phone": "15900001111",
  "a member's name": "欧阳小明同志",
  "a member's name in English": "Wilhelmina Threepwood",
  "a cashier's name": "诸葛某某甲",
  "a member's card": "M12345678901234",
  "an API v3 key": "kq3JxW9vTz7LmP2sRb8NcY4hGd6FaE1u",
  "an API v2 key": "0A1B2C3D4E5F60718293A4B5C6D7E8F9",
  "a private key": "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7",
  "an openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
  "a bearer's token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ0aWxsIn0.c2lnbmF0dXJl",
  "an authorization header":
    'WECHATPAY2-SHA256-RSA2048 mchid="1900000109",nonce_str="593BEC0C930BF1AFEB40B4A08C8FB242"',
  "a badge": "TWB4242424242424242",
  "a long PIN": "73916428",
  "an enrolment code": "QWERTASDFG",
  "a bank card": "6222020200112230017",
  "the merchant's number": "1900000109",
  "the shop's phone": "0000-6218 0218",
  "a folder of somebody's": "/srv/wilhelmina/threepwood",
} as const;
const names = Object.keys(planted) as readonly (keyof typeof planted)[];

let folder = "";
let job: SupportBundleJob;
const hands: Hands = { pause: async () => {}, check: () => {}, give: async () => {} };
const withoutScrubbing: MakeScrubber = () => (line) => line;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tillway-support-"));
  plantBooks();
  plantFiles();
  plantLogs();
  job = {
    ...{ kind: "support-bundle", salesDb: join(folder, "sales.db"), catalogDb: join(folder, "catalog.db") },
    ...{ logFolder: join(folder, "logs"), files: [{ name: "health.json", text: "[]\n" }] },
    target: join(folder, "package.zip"),
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function plantBooks(): void {
  const opened = openSalesStore({
    path: join(folder, "sales.db"),
    terminalId: "T01",
    now: Date.now,
    newId: () => "e-1",
  });
  const catalog = openCatalogStore({ path: join(folder, "catalog.db") });
  if (!opened.ok || !catalog.ok) throw new Error("the books do not open");
  const store = opened.value;
  store.putCashier({ id: "c-1", name: planted["a cashier's name"], role: "cashier" }, planted["a long PIN"]);
  const member = (memberId: string, code: string, name: string, phone: string): void =>
    store.enrolMember(
      { memberId, code, name, phone, enrolledAtMs: 1 },
      { kind: "member-enrolled", body: { memberId } },
    );
  member("m-1", planted["a member's card"], planted["a member's name"], planted["a member's phone"]);
  member("m-2", "M99999999999999", planted["a member's name in English"].slice(0, 20), planted["another phone"]);
  store.appendJournal({ kind: "journal-exported", body: { ...planted } });
  store.close();
  catalog.value.close();
}

function plantFiles(): void {
  const everything = JSON.stringify(planted);
  for (const name of ["terminal.json", "keys.json", "settings.json", "pepper", "platform-certificates.pem"])
    writeFileSync(join(folder, name), everything);
  mkdirSync(join(folder, "bills"));
  writeFileSync(join(folder, "bills", "2026-11-26.csv"), everything);
}

/** By the till's own log, which covers some of it itself; and as lines of an older version that covered nothing. */
function plantLogs(): void {
  const path = join(folder, "logs", "till.log");
  const log = openLog(path, Date.now);
  log.warn("worker lost", { job: "read-journal", tries: 1, reason: "ended with code 9" });
  const lines: string[] = [];
  for (const name of names) {
    const secret = planted[name];
    for (const form of [secret, Buffer.from(secret).toString("base64"), Buffer.from(secret).toString("hex")]) {
      const cause = Object.assign(new Error(`could not take ${form}`), { code: form });
      log.error("intent failed", { cause, detail: form, [form]: form, phone: form, outTradeNo: form });
      lines.push(
        JSON.stringify({ at: new Date().toISOString(), level: "info", area: form, what: `heard ${form}`, why: [form] }),
      );
      lines.push(`an old line with ${form} in it`);
    }
  }
  writeFileSync(`${path}.1`, lines.join("\n"));
  writeFileSync(join(folder, "logs", "core.dump"), JSON.stringify(planted));
}

async function unpacked(makeScrubber?: MakeScrubber) {
  const made = await (makeScrubber === undefined ? supportBundle(job, hands) : supportBundle(job, hands, makeScrubber));
  if (!made.ok || job.target === null) throw new Error("no package");
  const files = Object.entries(unzipSync(readFileSync(job.target)));
  return { told: made.value, places: files.map(([name, bytes]) => ({ name, bytes: Buffer.from(bytes) })) };
}

/** Whatever of it a person could read or put together again: six letters or digits in a row are enough. */
function traces(text: string): readonly string[] {
  return names.filter((name) => {
    const secret: string = planted[name];
    const least = /\P{ASCII}/u.test(secret) ? 2 : 6;
    for (let at = 0; at + least <= secret.length; at += 1) {
      const piece = secret.slice(at, at + least);
      // A few words are of everybody's language.
      if (/\d|[A-Z]{2}|\P{ASCII}/u.test(piece) && text.includes(piece)) return true;
    }
    return text.toLowerCase().includes("wilhelmina") || text.toLowerCase().includes("threepwood");
  });
}

describe("Support's package over a till full of secrets", () => {
  it("holds none of them, whole or in part, as they are or in another spelling", async () => {
    const { places } = await unpacked();
    const secrets = names.map((name) => ({ name, bytes: Buffer.from(planted[name]) }));
    expect(sweep(places, secrets)).toEqual([]);
    // The times of the lines are digits too.
    const text = places.map(({ bytes }) => bytes.toString("utf8").replaceAll(/"at":"[^"]+"/g, "")).join("\n");
    expect(traces(text)).toEqual([]);
  });

  it("is noticed when the log is not scrubbed: the control", async () => {
    const { places } = await unpacked(withoutScrubbing);
    const secrets = names.map((name) => ({ name, bytes: Buffer.from(planted[name]) }));
    const found = new Set(sweep(places, secrets).map(({ secret }) => secret));
    expect(found.size).toBeGreaterThan(names.length - 3);
    expect(traces(places.map(({ bytes }) => bytes.toString("utf8")).join("\n"))).toEqual(names);
  });

  it("says what support asks for: counts, versions of the files, and what the log tells", async () => {
    const { places, told } = await unpacked();
    expect(places.map(({ name }) => name)).toEqual([
      ...["README.txt", "health.json", "database.json", "logs/till.log", "logs/till.log.1"],
    ]);
    const of = (name: string): string => strFromU8(places.find((one) => one.name === name)?.bytes ?? new Uint8Array());
    expect(JSON.parse(of("database.json"))).toMatchObject({
      sales: { rows: { members: 2, cashiers: 1, sales: 0 }, schema: expect.any(Number) as number },
      catalog: { rows: { items: 0 } },
    });
    expect(of("logs/till.log")).toContain(
      '"what":"worker lost","job":"read-journal","tries":1,"reason":"ended with code 9"',
    );
    expect(of("logs/till.log.1")).toContain(`{"linesLeftOut":${names.length * 3}}`);
    expect(told.entries.map(({ name, bytes }) => [name, bytes])).toEqual(
      places.map(({ name, bytes }) => [name, bytes.length]),
    );
  });

  it("tells no log where the books do not say whose names are in it", async () => {
    const made = await supportBundle({ ...job, salesDb: join(folder, "none.db"), target: null }, hands);
    if (!made.ok) throw new Error("no package");
    expect(made.value.entries.map(({ name }) => name)).toEqual([
      ...["README.txt", "health.json", "database.json", "logs/none.txt"],
    ]);
  });

  it("leaves nothing behind where it cannot be saved", async () => {
    const target = join(folder, "no", "such", "folder.zip");
    expect(await supportBundle({ ...job, target }, hands)).toEqual({
      ok: false,
      fault: { kind: "cannot-write", code: "ENOENT" },
    });
  });
});

describe("The look through the books", () => {
  it("finds whole ones whole, and damaged pages damaged", async () => {
    const whole = join(folder, "sales.db");
    expect(await checkDatabase({ kind: "check-database", salesDb: whole }, hands)).toMatchObject({ problems: 0 });
    // Its first pages are gone, so that it does not even open.
    const headless = join(folder, "headless.db");
    writeFileSync(headless, readFileSync(whole).fill(0xa5, 100, 8_192));
    expect(await checkDatabase({ kind: "check-database", salesDb: headless }, hands)).toMatchObject({ problems: 1 });
    const damaged = join(folder, "damaged.db");
    const bytes = readFileSync(whole);
    // The last ten pages: those of the schema are before them.
    const last = Math.floor(bytes.length / 4_096);
    for (let page = last - 10; page < last; page += 1) bytes.fill(0xa5, page * 4_096, page * 4_096 + 64);
    writeFileSync(damaged, bytes);
    const { problems } = await checkDatabase({ kind: "check-database", salesDb: damaged }, hands);
    expect(problems).toBeGreaterThan(0);
  });
});

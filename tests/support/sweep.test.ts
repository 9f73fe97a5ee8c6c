import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, describe, expect, it } from "vitest";
import { openidSecrets, paymentCodeSecrets, privateKeySecrets, textSecret } from "./secrets.ts";
import { filesBelow, holdsPin, sweep } from "./sweep.ts";

const code = "134567890123456789";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = pemOf(privateKey);
const keySecrets = privateKeySecrets(pem);
const secrets = [
  ...paymentCodeSecrets([code]),
  ...openidSecrets(["oTillwaySimulatedCustomer001"]),
  textSecret("APIv3 key", "0123456789abcdef0123456789abcdef"),
  textSecret("v2 key", "fedcba9876543210fedcba9876543210"),
  ...keySecrets,
];

function pemOf(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

/** In the middle of a file, as it would be. */
function planted(bytes: Buffer | string, before = 5): readonly { readonly name: string; readonly bytes: Buffer }[] {
  return [
    { name: "clean", bytes: Buffer.from("nothing to see ".repeat(100)) },
    { name: "spoiled", bytes: Buffer.concat([Buffer.alloc(before, "x"), Buffer.from(bytes), Buffer.from("yz")]) },
  ];
}

describe.each(secrets)("$name, planted in a file,", ({ name, bytes }) => {
  const isText = /^[ -~]+$/.test(bytes.toString("latin1"));
  const spellings: readonly (readonly [string, Buffer])[] = [
    ["its bytes", bytes],
    ["hex", Buffer.from(bytes.toString("hex"))],
    ["HEX", Buffer.from(bytes.toString("hex").toUpperCase())],
    ["base64", Buffer.from(bytes.toString("base64"))],
    [
      "base64 of a text it begins 1 byte into",
      Buffer.from(Buffer.concat([Buffer.from("a"), bytes]).toString("base64")),
    ],
    [
      "base64 of a text it begins 2 bytes into",
      Buffer.from(Buffer.from(`ab${bytes.toString("latin1")}c`, "latin1").toString("base64")),
    ],
    ["base64url", Buffer.from(bytes.toString("base64url"))],
    ...(isText ? [["two-byte characters", Buffer.from(bytes.toString("latin1"), "utf16le")] as const] : []),
    ["hex in two-byte characters", Buffer.from(bytes.toString("hex"), "utf16le")],
    ["base64 in two-byte characters", Buffer.from(bytes.toString("base64"), "utf16le")],
  ];

  it("is found in every spelling, and wherever it begins", () => {
    for (const [spelling, spelt] of spellings) {
      for (const before of [0, 1, 2, 3]) {
        const found = sweep(planted(spelt, before), secrets);
        // A line of a key spells the numbers in it, so that these may be found beside it.
        expect([spelling, found.map(({ secret }) => secret)]).toEqual([spelling, expect.arrayContaining([name])]);
        expect(found.filter(({ file }) => file !== "spoiled")).toEqual([]);
      }
    }
  });
});

describe("A sweep", () => {
  it("finds a payment code that a database keeps as a number", () => {
    const db = new Database(":memory:");
    db.exec(`CREATE TABLE t (code INTEGER); INSERT INTO t VALUES (${code})`);
    const found = sweep([{ name: "db", bytes: db.serialize() }], secrets);
    db.close();
    expect(found).toEqual([{ file: "db", secret: "payment code 1", spelling: "number" }]);
  });

  it("finds a whole private key as PEM, as DER, and its numbers as they lie in memory", () => {
    const der = privateKey.export({ type: "pkcs8", format: "der" });
    const names = (bytes: Buffer) => new Set(sweep([{ name: "f", bytes }], keySecrets).map(({ secret }) => secret));
    const lines = keySecrets.filter(({ name }) => name.includes("line")).map(({ name }) => name);
    const numbers = keySecrets.filter(({ name }) => !name.includes("line")).map(({ name }) => name);
    expect([lines.length > 15, numbers]).toEqual([
      true,
      ["d", "p", "q", "dp", "dq", "qi"].map((n) => `private key, ${n}`),
    ]);
    expect([...names(Buffer.from(pem))]).toEqual(expect.arrayContaining(lines));
    expect(names(der)).toEqual(new Set(numbers));
    const d = Buffer.from(privateKey.export({ format: "jwk" }).d ?? "", "base64url");
    expect(names(Buffer.concat([Buffer.alloc(7), Buffer.from(d).reverse()]))).toEqual(new Set(["private key, d"]));
  });

  it("finds nothing in what is public, and nothing in half a code", () => {
    const open = publicKey.export({ type: "spki", format: "der" });
    const places = [
      { name: "public key", bytes: open },
      { name: "public key, PEM", bytes: Buffer.from(publicKey.export({ type: "spki", format: "pem" }).toString()) },
      { name: "half a code", bytes: Buffer.from(`${code.slice(0, 9)} ${code.slice(9)}`) },
      { name: "empty", bytes: Buffer.alloc(0) },
    ];
    expect(sweep(places, secrets)).toEqual([]);
  });

  it("will not look for what is too short to mean anything", () => {
    expect(() => sweep([], [textSecret("PIN", "1234")])).toThrow("too short to look for: PIN");
  });
});

describe("A PIN", () => {
  it("is found beside a name or in a message, and not in a time or an id", () => {
    const found = (text: string) => holdsPin(Buffer.from(text), "739164");
    expect([found('{"pin":"739164"}'), found("cashier-1739164"), found("id 739164.")]).toEqual([true, true, true]);
    expect([found("1739164000123"), found("0193-a0b7391645cd-7")]).toEqual([false, false]);
    const asTyped = Buffer.from(" 739164 ", "utf16le");
    expect([holdsPin(asTyped, "739164"), holdsPin(asTyped.subarray(1), "739164")]).toEqual([true, true]);
  });
});

describe("The files below a folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "tillway-sweep-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are all there, hidden ones and those in deep folders too, named from the folder", () => {
    mkdirSync(join(folder, "a", "b"), { recursive: true });
    writeFileSync(join(folder, "a", "b", "deep"), code);
    writeFileSync(join(folder, ".hidden"), code);
    const files = filesBelow(folder);
    expect(files.map(({ name }) => name).toSorted()).toEqual([".hidden", join("a", "b", "deep")]);
    expect(sweep(files, secrets)).toHaveLength(2);
  });
});

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createCertificateFile } from "./certificate-file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tillway-certificates-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the file of the gateway's certificates", () => {
  it("is nothing until something is kept, then what was kept last, with nothing left beside it", () => {
    const file = createCertificateFile(join(folder, "gateway.pem"));
    expect(file.read()).toBe(null);
    file.write("one");
    file.write("two");
    expect([file.read(), readdirSync(folder)]).toEqual(["two", ["gateway.pem"]]);
  });

  it("that cannot be written says so, for the log", () => {
    expect(() => createCertificateFile(join(folder, "missing", "gateway.pem")).write("x")).toThrow("ENOENT");
  });
});

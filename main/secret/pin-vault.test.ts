import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { createPinVault } from "./pin-vault.ts";

test("a PIN opens its own hash and no other", async () => {
  const vault = createPinVault(randomBytes(32));
  const pinHash = await vault.hash("1234");
  expect(pinHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await vault.verify(pinHash, "1234")).toBe(true);
  expect(await vault.verify(pinHash, "1235")).toBe(false);
});

test("a stolen database is worth nothing without the pepper", async () => {
  const pinHash = await createPinVault(randomBytes(32)).hash("1234");
  expect(await createPinVault(randomBytes(32)).verify(pinHash, "1234")).toBe(false);
});

test("a damaged hash lets nobody in", async () => {
  expect(await createPinVault(randomBytes(32)).verify("not a hash", "1234")).toBe(false);
});

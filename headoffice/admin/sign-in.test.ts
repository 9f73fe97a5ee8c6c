import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openDatabases, openOfficeBench, type Databases, type OfficeBench } from "#tests/support/office-bench.ts";
import { adminOf, adminPassword, officeBrowser } from "#tests/support/office-browser.ts";
import { createPasswords } from "./passwords.ts";
import { makeFirstAdmin } from "./people.ts";

let databases: Databases;
let bench: OfficeBench;
beforeAll(async () => {
  databases = await openDatabases("sqlite");
});
afterAll(() => databases.close());
beforeEach(async () => {
  bench = await openOfficeBench(await databases.create());
});
afterEach(() => bench.close());

const minuteMs = 60_000;

test("the first start makes one admin with a password for one use, the next start none", async () => {
  const passwords = createPasswords();
  const first = await makeFirstAdmin(bench.office.sql, passwords, bench.now());
  expect(first).toMatch(/^[2-9a-hjkmnp-z]{14}$/);
  expect(await makeFirstAdmin(bench.office.sql, passwords, bench.now())).toBeNull();
});

test("a one-time password opens nothing but the change of it", async () => {
  const oneTime = (await makeFirstAdmin(bench.office.sql, createPasswords(), bench.now())) ?? "";
  const browser = officeBrowser(bench.url);
  expect((await browser.signIn("admin", oneTime)).status).toBe(204);
  expect((await browser.send("GET", "/session")).json).toMatchObject({
    name: "admin",
    role: "admin",
    mustChange: true,
  });
  expect((await browser.send("GET", "/shops")).status).toBe(403);
  expect((await browser.send("POST", "/password", { current: oneTime, next: "short" })).status).toBe(400);
  expect((await browser.send("POST", "/password", { current: oneTime, next: oneTime })).status).toBe(400);
  expect((await browser.send("POST", "/password", { current: "other", next: adminPassword })).status).toBe(403);
  expect((await browser.send("POST", "/password", { current: oneTime, next: adminPassword })).status).toBe(204);
  expect((await browser.send("GET", "/shops")).status).toBe(200);
  expect((await officeBrowser(bench.url).signIn("admin", oneTime)).status).toBe(403);
});

test("the session's cookie is for this server's requests alone, and the database holds no token", async () => {
  await adminOf(bench, bench.url);
  const answer = await officeBrowser(bench.url).signIn("admin", adminPassword);
  const cookie = answer.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/^tillway-office=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/);
  const token = /=([\w-]{43});/.exec(cookie)?.[1] ?? "";
  const kept = await bench.office.sql.rows<{ token_hash: string }>("SELECT token_hash FROM office_sessions");
  expect(kept.map((row) => row.token_hash)).not.toContain(token);
});

test("behind a proxy on the same machine the cookie is for https alone, and each address is slowed by itself", async () => {
  await adminOf(bench, bench.url);
  const from = (address: string) => ({ headers: { "x-forwarded-for": address, "x-forwarded-proto": "https" } });
  const signIn = (name: string, password: string, address: string) =>
    officeBrowser(bench.url).send("POST", "/session", { name, password }, from(address));
  for (let count = 0; count < 21; count += 1) await signIn(`name${count}`, "guess", "203.0.113.9");
  expect((await signIn("admin", adminPassword, "203.0.113.9")).status).toBe(429);
  const answer = await signIn("admin", adminPassword, "203.0.113.10");
  expect([answer.status, answer.headers.get("set-cookie")]).toEqual([204, expect.stringContaining("; Secure")]);
});

test("without the page's own header nothing is changed, whoever the browser says it is", async () => {
  const admin = await adminOf(bench, bench.url);
  const shop = { nameZh: "海淀店", nameEn: "", isNew: true };
  const forged = await admin.send("PUT", "/shops/HD01", shop, { headers: { "x-tillway-office": "" } });
  expect([forged.status, forged.json]).toEqual([
    403,
    { kind: "not-allowed", detail: "the header x-tillway-office: 1 is missing" },
  ]);
});

test("signing out ends the session, also for whoever copied its cookie", async () => {
  const admin = await adminOf(bench, bench.url);
  const copied = { headers: { cookie: admin.cookie() } };
  expect((await officeBrowser(bench.url).send("GET", "/session", undefined, copied)).status).toBe(200);
  expect((await admin.send("DELETE", "/session")).status).toBe(204);
  expect((await officeBrowser(bench.url).send("GET", "/session", undefined, copied)).status).toBe(401);
});

test("a session ends after eight hours without use, and after seven days with it", async () => {
  const admin = await adminOf(bench, bench.url);
  const began = bench.now();
  for (let hours = 7; hours < 7 * 24; hours += 7) {
    bench.setNow(began + hours * 60 * minuteMs);
    expect((await admin.send("GET", "/session")).status).toBe(200);
  }
  bench.setNow(began + 7 * 24 * 60 * minuteMs);
  expect((await admin.send("GET", "/session")).status).toBe(401);

  await admin.signIn("admin", adminPassword);
  bench.setNow(bench.now() + 8 * 60 * minuteMs);
  expect((await admin.send("GET", "/session")).status).toBe(401);
});

test("a new password ends every other session of that person", async () => {
  const admin = await adminOf(bench, bench.url);
  const other = officeBrowser(bench.url);
  await other.signIn("admin", adminPassword);
  const change = { current: adminPassword, next: "another good password" };
  expect((await admin.send("POST", "/password", change)).status).toBe(204);
  expect((await admin.send("GET", "/session")).status).toBe(200);
  expect((await other.send("GET", "/session")).status).toBe(401);
});

test("wrong passwords are slowed, longer each time, until a right one", async () => {
  await adminOf(bench, bench.url);
  const browser = officeBrowser(bench.url);
  for (let count = 0; count < 5; count += 1) expect((await browser.signIn("admin", "wrong one")).status).toBe(403);
  const slowed = await browser.signIn("admin", adminPassword);
  expect([slowed.status, slowed.headers.get("retry-after")]).toEqual([429, "1"]);
  bench.setNow(bench.now() + 1_000);
  expect((await browser.signIn("admin", "wrong one")).status).toBe(403);
  expect((await browser.signIn("admin", adminPassword)).headers.get("retry-after")).toBe("2");
  bench.setNow(bench.now() + 2_000);
  expect((await browser.signIn("admin", adminPassword)).status).toBe(204);
  expect((await browser.signIn("admin", "wrong one")).status).toBe(403);
});

test("a name that nobody has is answered like a wrong password, and slowed like one", async () => {
  const browser = officeBrowser(bench.url);
  const answers = [];
  for (let count = 0; count < 6; count += 1) answers.push((await browser.signIn("nobody", "guess")).status);
  expect(answers).toEqual([403, 403, 403, 403, 403, 429]);
});

test("a hundred guesses at once are a hundred: only the free ones are looked at", async () => {
  await adminOf(bench, bench.url);
  const guesses = Array.from({ length: 30 }, (_, index) => officeBrowser(bench.url).signIn("admin", `guess ${index}`));
  const statuses = (await Promise.all(guesses)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 403)).toHaveLength(5);
  expect(statuses.filter((status) => status === 429)).toHaveLength(25);
});

test("an address is slowed over all the names it tries", async () => {
  const statuses: number[] = [];
  for (let count = 0; count < 21; count += 1)
    statuses.push((await officeBrowser(bench.url).signIn(`name${count}`, "guess")).status);
  expect(statuses.filter((status) => status === 429)).toHaveLength(1);
});

test("a viewer sees and changes nothing; an admin lets him in with a one-time password", async () => {
  const admin = await adminOf(bench, bench.url);
  const made = await admin.send<{ password: string }>("PUT", "/people/lin", { role: "viewer", isNew: true });
  expect(made.status).toBe(200);
  const viewer = officeBrowser(bench.url);
  await viewer.signIn("lin", made.json.password);
  const next = "a viewer's own password";
  expect((await viewer.send("POST", "/password", { current: made.json.password, next })).status).toBe(204);
  for (const path of ["/shops", "/sales", "/reviews", "/shops/BJ01/items"])
    expect([path, (await viewer.send("GET", path)).status]).toEqual([path, 200]);
  const refused = [
    viewer.send("PUT", "/shops/BJ01", { nameZh: "x", nameEn: "", isNew: false }),
    viewer.send("POST", "/shops/BJ01/terminals/T01/code", { replaces: false }),
    viewer.send("POST", "/shops/BJ01/terminals/T01/revoke"),
    viewer.send("DELETE", "/shops/BJ01/items/1"),
    viewer.send("GET", "/people"),
    viewer.send("POST", "/shops/BJ01/imports?mode=all"),
  ];
  expect((await Promise.all(refused)).map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
});

test("somebody can always let others in: the last admin stays, in role and in person", async () => {
  const admin = await adminOf(bench, bench.url);
  const last = { kind: "conflict", detail: "the last admin stays" };
  expect((await admin.send("DELETE", "/people/admin")).json).toEqual(last);
  expect((await admin.send("PUT", "/people/admin", { role: "viewer", isNew: false })).json).toEqual(last);
  expect((await admin.send("GET", "/session")).status).toBe(200);
});

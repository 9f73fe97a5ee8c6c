import { RuleTester } from "oxlint/plugins-dev";
import { describe, it } from "vitest";
import { allTestsRun } from "./all-tests-run.ts";
import { namedDivision } from "./named-division.ts";
import { noSleeping } from "./no-sleeping.ts";
import { reasonedCasts } from "./reasoned-casts.ts";
import { timeAndChance } from "./time-and-chance.ts";
import { wholeNumbers } from "./whole-numbers.ts";

RuleTester.describe = describe;
RuleTester.it = it;
const tester = new RuleTester({ languageOptions: { parserOptions: { lang: "ts" } } });
type Refused = RuleTester.InvalidTestCase;
const refused = (code: string, options?: NonNullable<Refused["options"]>): Refused => ({
  code,
  errors: 1,
  ...(options && { options }),
});

tester.run("whole-numbers", wholeNumbers, {
  valid: ["const fen = 1_990", "const mask = 0xff", "const text = '0.1'", "const big = 10n", "const round = 1e3"],
  invalid: [refused("const rate = 0.1"), refused("const tiny = 1e-3"), refused("const unsafe = 9007199254740993")],
});

tester.run("named-division", namedDivision, {
  valid: [
    "const days = seconds / 86400",
    { code: "const days = Math.floor(seconds / 86400)", options: [{ whole: true }] },
    { code: "const days = Math.trunc((a + b) / c)", options: [{ whole: true }] },
    "const pattern = /fen/",
  ],
  invalid: [
    refused("const half = priceFen / 2"),
    refused("const share = Math.floor(sale.totalFen / 3)"),
    refused("const mean = (lineFen + taxFen) / count"),
    refused("totalFen /= 2"),
    refused("const days = seconds / 86400", [{ whole: true }]),
    refused("const days = Math.round(seconds / 86400)", [{ whole: true }]),
  ],
});

tester.run("time-and-chance", timeAndChance, {
  valid: ["const at = clock.now()", "const Dated = { Date: 1 }", "const n = Math.max(1, 2)", "const c = sale.crypto"],
  invalid: [
    refused("const at = Date.now()"),
    refused("const at = new Date(0)"),
    refused("const r = Math.random()"),
    refused("const id = crypto.randomUUID()"),
    refused("const t = performance.now()"),
  ],
});

tester.run("all-tests-run", allTestsRun, {
  valid: ["it('sells', () => {})", "describe.each([1])('n', () => {})", "items.skip(2)", "cursor.only"],
  invalid: [
    refused("it.skip('sells', () => {})"),
    refused("test.only('sells', () => {})"),
    refused("it.concurrent.only('sells', () => {})"),
    refused("describe.each([1]).skip('n', () => {})"),
    refused("it.todo('sells')"),
    refused("xit('sells', () => {})"),
  ],
});

tester.run("no-sleeping", noSleeping, {
  valid: [
    "await vi.waitFor(() => expect(rows()).toBe(3))",
    "const late = new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 1000))",
    "const line = new Promise((resolve) => port.once('data', resolve))",
    "const timer = setTimeout(give, 1000)",
  ],
  invalid: [
    refused("await page.waitForTimeout(500)"),
    refused("import { setTimeout as sleep } from 'node:timers/promises'"),
    refused("await new Promise((resolve) => setTimeout(resolve, 500))"),
    refused("await new Promise((r) => void setTimeout(r, 500))"),
    refused("await new Promise((done) => { setTimeout(() => done(), 500) })"),
    refused("await new Promise(function (done) { setTimeout(() => { done(1) }, 500) })"),
  ],
});

tester.run("reasoned-casts", reasonedCasts, {
  valid: [
    "const kinds = ['cash'] as const",
    "const value = row as unknown",
    "const fen = value as Fen // checked above",
    "// Our own bytes, written by put() alone.\nconst draft = JSON.parse(text) as Draft",
    "const call = {\n  // The port hands out plain objects.\n  body: message as Body,\n}",
  ],
  invalid: [
    refused("const fen = value as Fen"),
    refused("// About something else.\n\nconst other = 1\nconst fen = value as Fen"),
    refused("const fen = value as unknown as Fen"),
  ],
});

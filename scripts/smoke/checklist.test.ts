import { describe, expect, test } from "vitest";
import { judgeChecklist, type SeenPackage } from "./checklist.ts";
import type { Probed } from "./probe-page.ts";

const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-x'; connect-src 'none'";
const page: Probed = {
  address: "app://tillway/index.html",
  loaded: ["app://tillway/assets/till.js", "data:image/png;base64,x"],
  globals: [],
  bridges: { tillway: ["send", "onView", "onSound"] },
  worlds: ["", "Electron Isolated Context"],
  policy,
  granted: [],
  reached: 0,
  ranInlineScript: false,
  isWebviewAlive: false,
  readFile: false,
  left: [],
  openedWindows: 0,
};
const good: SeenPackage = {
  pages: [page, { ...page, address: "app://tillway/bench.html?locale=en", bridges: { tillwayBench: ["control"] } }],
  sources: ["webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false }"],
  processes: [
    { pid: 1, type: null, args: ["tillway"], isFiltered: false },
    { pid: 2, type: "renderer", args: ["tillway", "--type=renderer"], isFiltered: true },
  ],
  forgedAnswers: [{ ok: false, fault: { kind: "bad-arguments" } }],
  areFusesRight: true,
  electron: { packed: "45.4.1", pinned: "45.4.1", isTrial: false },
};
const faultsOf = (seen: SeenPackage) =>
  judgeChecklist(seen).flatMap(({ point, fault }) => (fault === null ? [] : [point]));
const withPage = (changes: Partial<Probed>): SeenPackage => ({ ...good, pages: [page, { ...page, ...changes }] });

describe("Electron's list on a package", () => {
  test("holds in all twenty points where nothing is wrong", () => {
    const points = judgeChecklist(good);
    expect(points.map(({ point }) => point)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(points.filter(({ fault }) => fault !== null)).toEqual([]);
  });

  const broken: readonly (readonly [point: number, seen: SeenPackage])[] = [
    [1, withPage({ loaded: ["https://example.com/x.js"] })],
    [1, withPage({ reached: 1 })],
    [2, withPage({ globals: ["require"] })],
    [2, { ...good, sources: ["nodeIntegration: true"] }],
    [3, withPage({ worlds: [""] })],
    [3, { ...good, sources: ["contextIsolation:!1"] }],
    [4, { ...good, processes: [{ pid: 2, type: "renderer", args: [], isFiltered: false }] }],
    [4, { ...good, processes: [{ pid: 1, type: null, args: ["--no-sandbox"], isFiltered: false }] }],
    [5, withPage({ granted: ["camera"] })],
    [6, { ...good, sources: ["", "webSecurity: false"] }],
    [7, withPage({ policy: "" })],
    [7, withPage({ policy: policy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'") })],
    [7, withPage({ policy: policy.replace("default-src 'none'", "default-src *") })],
    [7, withPage({ ranInlineScript: true })],
    [8, { ...good, sources: ["allowRunningInsecureContent: true"] }],
    [9, { ...good, sources: ["experimentalFeatures: true"] }],
    [10, { ...good, processes: [{ pid: 3, type: "renderer", args: ["--enable-blink-features=X"], isFiltered: true }] }],
    [11, { ...good, sources: ["allowpopups"] }],
    [12, withPage({ isWebviewAlive: true })],
    [13, withPage({ left: ["https://example.invalid/"] })],
    [14, withPage({ openedWindows: 1 })],
    [15, { ...good, sources: ["shell.openExternal(x)"] }],
    [16, { ...good, electron: { packed: "42.0.0", pinned: "45.4.1", isTrial: false } }],
    [17, { ...good, forgedAnswers: [{ ok: false }, { ok: true, value: null }] }],
    [17, withPage({ bridges: { tillway: ["send"], tillwayBench: ["control"] } })],
    [18, withPage({ readFile: true })],
    [19, { ...good, areFusesRight: false }],
    [20, withPage({ bridges: { tillway: ["send", "ipcRenderer"] } })],
  ];

  test.each(broken)("names point %i where that is broken, and no other", (point, seen) => {
    expect(faultsOf(seen)).toEqual([point]);
  });

  test("lets a trial run on the stand-in, which ships to nobody", () => {
    expect(faultsOf({ ...good, electron: { packed: "42.0.0", pinned: "45.4.1", isTrial: true } })).toEqual([]);
  });

  test("holds in no point where no page was looked at", () => {
    expect(faultsOf({ ...good, pages: [] })).toHaveLength(20);
  });
});

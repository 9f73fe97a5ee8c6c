import { beforeEach, expect, test } from "vitest";
import { createVirtualClock, type VirtualClock } from "#tests/support/virtual-clock.ts";
import { givenFiles, type GivenFiles } from "./given-files.ts";

const html = `<script type="module" crossorigin src="./assets/till-1.js"></script>
  <link rel="modulepreload" crossorigin href="./assets/texts-2.js"><link rel="stylesheet" href="./assets/till-3.css">`;
const [script, texts, style] = ["/assets/till-1.js", "/assets/texts-2.js", "/assets/till-3.css"];

let clock: VirtualClock;
let files: GivenFiles;
let isGiven = false;

beforeEach(() => {
  clock = createVirtualClock(0);
  files = givenFiles("/index.html", clock.after);
  isGiven = false;
  void files.whenGiven().then(() => (isGiven = true));
});

const gave = (...paths: readonly string[]): void => {
  for (const path of paths) files.gave(path, path.endsWith(".html") ? html : null);
};

test("a page has its files when the last one that it names has gone out, in whichever order", async () => {
  gave("/index.html", style, texts);
  await clock.advance(100);
  expect(isGiven).toBe(false);
  gave(script);
  await clock.advance(24);
  expect(isGiven).toBe(false);
  await clock.advance(1);
  expect(isGiven).toBe(true);
});

test("another page's files are none of it", async () => {
  gave("/bench.html", script, texts, style);
  await clock.advance(1_000);
  expect(isGiven).toBe(false);
  gave("/index.html");
  await clock.advance(1_000);
  expect(isGiven).toBe(false);
});

test("a page that is loaded again is not waited for again", async () => {
  gave("/index.html", script, texts, style);
  await clock.advance(100);
  gave("/index.html");
  await expect(files.whenGiven()).resolves.toBeUndefined();
});

test("a page that does not come keeps nobody for more than some seconds", async () => {
  await clock.advance(2_999);
  expect(isGiven).toBe(false);
  await clock.advance(1);
  expect(isGiven).toBe(true);
});

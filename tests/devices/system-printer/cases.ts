import assert from "node:assert/strict";
import { join } from "node:path";
import Database from "better-sqlite3";
import { printerSchema } from "#contract/config/devices.ts";
import type { PrintLine } from "#contract/devices/messages.ts";
import { drawReceipt } from "#native/printer/raster/draw-receipt.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { openShop } from "#tests/support/shop.ts";
import type { Cups } from "./cups.ts";
import { codesOn, embeddedPicture, pageFacts, placeOfPicture, renderedPage, type Dots } from "./printed-page.ts";

const water = "6920536012350";
/** The page is rounded by Chromium to its own units; less than a millimetre on either side. */
const ROUNDING_MM = 0.5;

interface Scene {
  readonly till: TillUnderTest;
  readonly dataDir: string;
  sell(): Promise<string>;
  prints(): readonly { readonly state: string; readonly reason: string | null; readonly lines: string }[];
}

export const cases: Readonly<Record<string, (cups: Cups) => Promise<void>>> = {
  "a receipt is spooled as a page of the roll's width, every dot the till's own, and its codes can be read": (cups) =>
    withTill(cups, "till", 48, async ({ till, sell, prints }) => {
      const saleNumber = await sell();
      const [print] = await until("it is spooled", () => (prints()[0]?.state === "printed" ? prints() : null));
      assert.equal(print?.reason, "spooled");
      const pdf = cups.documents().at(-1) ?? assert.fail("no document");
      // Written by this till from PrintLine[].
      const lines = JSON.parse(print?.lines ?? "[]") as readonly PrintLine[];
      const [drawn] = drawReceipt(lines, { columns: 48, qr: "native" });
      assert(drawn !== undefined);
      const { pages, widthMm, heightMm } = pageFacts(pdf);
      assert.equal(pages, 1);
      assert(Math.abs(widthMm - 80) < ROUNDING_MM, `${widthMm} mm wide`);
      assert(Math.abs(heightMm - (drawn.heightDots / 8 + 2)) < ROUNDING_MM, `${heightMm} mm high`);
      const wanted = { width: 576, height: drawn.heightDots, isBlack: inkOf(drawn) };
      assert.equal(differences(embeddedPicture(pdf), wanted), 0);
      // Four millimetres of the roll at the left, where the head does not reach; then a dot for a dot.
      const { left, top, width, height } = placeOfPicture(pdf);
      for (const [is, should] of [
        [left, 32],
        [top, 0],
        [width, 576],
        [height, drawn.heightDots],
      ] as const) {
        assert(Math.abs(is - should) < 0.01, `the picture lies at ${left}, ${top}, ${width} × ${height} dots`);
      }
      const page = renderedPage(pdf);
      const codes = await codesOn(page);
      assert(codes.includes(saleNumber), `read ${JSON.stringify(codes)}`);
      const qr = lines.find(({ kind }) => kind === "qr");
      if (qr?.kind === "qr") assert(codes.includes(qr.text), `read ${JSON.stringify(codes)}`);
      assert.equal((await till.view()).payment?.done?.receipt, "spooled");
    }),

  "the default printer prints where no name is given, on the narrow roll": (cups) =>
    withTill(cups, "", 32, async ({ sell, prints }) => {
      const before = cups.documents().length;
      const saleNumber = await sell();
      await until("it is spooled", () => prints()[0]?.state === "printed");
      const [pdf] = cups.documents().slice(before);
      assert(pdf !== undefined);
      assert(Math.abs(pageFacts(pdf).widthMm - 58) < ROUNDING_MM);
      const codes = await codesOn(renderedPage(pdf));
      assert(codes.includes(saleNumber), `read ${JSON.stringify(codes)}`);
    }),

  "what the queue refuses waits and is printed once when it takes documents again": (cups) =>
    withTill(cups, "till", 48, async ({ till, sell, prints }) => {
      const before = cups.documents().length;
      cups.accept("till", false);
      await sell();
      await until("the refusal is told", async () => (await printerOf(till))?.reason?.includes("refused"));
      assert.notEqual(prints()[0]?.state, "printed");
      cups.accept("till", true);
      await until("it is spooled", () => prints()[0]?.state === "printed", 60_000);
      assert.equal(cups.documents().length, before + 1);
    }),

  "a printer that is removed is said to be gone, and its receipt comes out when it is back": (cups) =>
    withTill(cups, "till", 48, async ({ till, sell, prints }) => {
      cups.add("another");
      cups.remove("till");
      await sell();
      await until(
        "it is said",
        async () => (await printerOf(till))?.reason?.includes("no printer of this name"),
        60_000,
      );
      assert.notEqual(prints()[0]?.state, "printed");
      cups.add("till");
      await until("it is spooled", () => prints()[0]?.state === "printed", 60_000);
      // With its queue the server forgot what it had printed before.
      assert.equal(cups.documents().length, 1);
    }),

  "a manager finds it, prints its test sheet, and the sheet is told to be spooled and no more": (cups) =>
    withTill(cups, null, 48, async ({ till }) => {
      const pin = await until("the manager's PIN", () => till.pins.get("manager-1"));
      await till.send("sign-out", {});
      assert((await till.send("sign-in", { cashierId: "manager-1", pin })).ok);
      await until("it is found", async () => {
        const answer = await till.send("devices", {});
        return answer.ok && answer.value.found.some(({ kind, node }) => kind === "system-printer" && node === "till");
      });
      const before = cups.documents().length;
      const printer = printerSchema.parse({ id: "new", transport: { kind: "system", name: "till" } });
      assert((await till.send("test-sheet", { printer })).ok);
      const sheet = await until("the sheet has an end", async () => {
        const answer = await till.send("devices", {});
        return answer.ok && answer.value.testSheet.kind === "ended" ? answer.value.testSheet : null;
      });
      assert.deepEqual(sheet.progress, { state: "printed", confirmed: false, isSpooled: true });
      const [pdf] = cups.documents().slice(before);
      assert(pdf !== undefined);
      assert.deepEqual(await codesOn(renderedPage(pdf)), ["TILLWAY TEST", "TILLWAY-12"]);
    }),
};

/** A till of its own on a printer of that name; null: on none. */
async function withTill(
  cups: Cups,
  name: string | null,
  columns: 48 | 32,
  run: (scene: Scene) => Promise<void>,
): Promise<void> {
  cups.add("till");
  const printer =
    name === null ? {} : { printer: { id: "printer-1", transport: { kind: "system", name }, columns } as const };
  const shop = await openShop({ devices: { scanners: [], ...printer } });
  const till = await openTill({ dataDir: shop.dataDir, env: { CUPS_SERVER: cups.server } });
  try {
    await beginSelling(till);
    await run({
      ...{ till, dataDir: shop.dataDir },
      sell: () => sellWater(till),
      prints: () => printsOf(shop.dataDir),
    });
  } finally {
    await till.close();
    await shop.close();
  }
}

async function sellWater(till: TillUnderTest): Promise<string> {
  await ringUp(till, water);
  await till.send("take-payment", {});
  assert((await till.send("pay-cash", { receivedFen: 350 })).ok);
  return (await till.view()).payment?.done?.saleNumber ?? assert.fail("no sale");
}

/** Of sales, newest first. */
function printsOf(dataDir: string): ReturnType<Scene["prints"]> {
  const db = new Database(join(dataDir, "sales.db"), { readonly: true });
  try {
    return db
      .prepare("SELECT state, reason, lines FROM print_jobs WHERE kind = 'receipt' ORDER BY rowid DESC")
      .all() as ReturnType<Scene["prints"]>;
  } finally {
    db.close();
  }
}

async function printerOf(till: TillUnderTest) {
  const answer = await till.send("devices", {});
  return answer.ok ? answer.value.devices.find(({ section }) => section.role === "printer") : undefined;
}

function inkOf({ bits, rowBytes }: { readonly bits: Buffer; readonly rowBytes: number }): Dots["isBlack"] {
  return (x, y) => ((bits[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
}

/** How many dots are not as wanted. */
function differences(page: Dots, wanted: Dots): number {
  assert.deepEqual([page.width, page.height], [wanted.width, wanted.height]);
  let count = 0;
  for (let y = 0; y < wanted.height; y += 1) {
    for (let x = 0; x < wanted.width; x += 1) if (page.isBlack(x, y) !== wanted.isBlack(x, y)) count += 1;
  }
  return count;
}

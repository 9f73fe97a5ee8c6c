import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import { checkJournalFile, type Verdict } from "./check-journal-file.ts";
import { chainOf, fileOf, saleTold, testingKey } from "#tests/support/journal-file.ts";

const key = testingKey();
const opened = { kind: "epoch-opened", body: { previous: null } } as const;
const closed = { kind: "shift-closed", body: { shiftId: "shift-1" } } as const;
const given = { at: "2026-03-03T10:00:00+08:00", businessDate: "2026-03-03" };
const refunds = [
  { kind: "refund-settled", body: { kind: "cash", amountFen: 50, given } },
  { kind: "refund-settled", body: { kind: "charge", amountFen: 900, given } },
  { kind: "refund-settled", body: { kind: "wechat", amountFen: 70, given: null } },
] as const;
const first = chainOf("epoch-a", [opened, saleTold(1, 700), saleTold(2, 500), closed, ...refunds], key.sign);
const tip = first.at(-1);
const second = chainOf(
  "epoch-b",
  [{ kind: "epoch-opened", body: { previous: linkTo(tip), why: "restored" } }, saleTold(5, 300)],
  key.sign,
);
const whole = fileOf([...first, ...second], key);

describe("an exported journal", () => {
  it("is sound as the till wrote it, and its days add up", async () => {
    expect(await checked(whole)).toEqual({
      ...{ terminalKey: "BJ01-T01", entries: 9, epochs: 2, damages: [], damageCount: 0, notes: [], isVouched: true },
      days: [
        {
          ...{ businessDate: "2026-03-02", saleCount: 3, salesFen: 1500, cashFen: 500, wechatFen: 1000 },
          ...{ staticCodeFen: 0, refundCount: 0, refundFen: 0, lastSaleHash: second[1]?.hash },
        },
        {
          ...{ businessDate: "2026-03-03", saleCount: 0, salesFen: 0, cashFen: 0, wechatFen: 0 },
          ...{ staticCodeFen: 0, refundCount: 1, refundFen: 50, lastSaleHash: "0".repeat(64) },
        },
      ],
    });
  });

  it("counts a return without a receipt as a refund of its day, and tells one that is not of its form", async () => {
    const loose = (amountFen: unknown) => {
      const body = { returnId: "L1", amountFen, businessDate: given.businessDate };
      return { kind: "return-without-receipt", body } as const;
    };
    const good = await checked(fileOf(chainOf("epoch-a", [opened, loose(30), loose(70)], key.sign), key));
    expect(good.days).toMatchObject([{ businessDate: "2026-03-03", saleCount: 0, refundCount: 2, refundFen: 100 }]);
    const bad = await checked(fileOf(chainOf("epoch-a", [opened, loose("30")], key.sign), key));
    expect([bad.damageCount + bad.notes.length > 0, bad.days]).toEqual([true, []]);
  });

  it("finds goods without a receipt behind the sale they were exchanged for, and what they paid among its tenders", async () => {
    const { businessDate } = given;
    const told = (exchange: object, tender: object = {}) => {
      const body = { returnId: "L1", returnNumber: "T01-R000001", amountFen: 100, businessDate };
      const credit = { kind: "cash", tenderId: "L1", amountFen: 70, ...tender };
      const sale = saleTold(1, 100, { tenders: [credit, { kind: "cash", tenderId: "t", amountFen: 30 }] });
      const whole = { saleId: "sale-1", saleNumber: "T01-000001", creditFen: 70, backCashFen: 30, ...exchange };
      return [opened, sale, { kind: "return-without-receipt", body: { ...body, exchange: whole } } as const];
    };
    const found = async (exchange: object, tender?: object) => {
      const { damages, days } = await checked(fileOf(chainOf("epoch-a", told(exchange, tender), key.sign), key));
      return { what: damages.map((damage) => damage.what), days };
    };
    expect(await found({})).toMatchObject({ what: [], days: [{ cashFen: 100 }, { refundFen: 100 }] });
    expect((await found({ backCashFen: 29 })).what).toEqual([
      "return T01-R000001 comes to 100 fen and its exchange to 99",
    ]);
    expect((await found({ saleId: "sale-2" })).what).toEqual([
      "return T01-R000001 does not stand behind the sale it pays for",
    ]);
    expect((await found({}, { tenderId: "other" })).what).toEqual([
      "return T01-R000001 pays 70 fen and its sale has 0 of it",
    ]);
  });

  it("shows every changed byte, wherever it is", async () => {
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(change, async ([at, mask]) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ mask;
        expect((await checked(bytes)).damageCount).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  it("shows every changed byte also where nothing is signed", async () => {
    const unsigned = fileOf(chainOf("epoch-a", [opened, saleTold(1, 700)]), null);
    for (let at = 0; at < unsigned.length; at += 1) {
      for (const mask of [1, 2, 4, 0x20, 0x80]) {
        const bytes = Buffer.from(unsigned);
        bytes[at] = (bytes[at] ?? 0) ^ mask;
        const { damageCount } = await checkJournalFile(() => [bytes], { keys: [] });
        expect(damageCount, `byte ${at} changed by ${mask}`).toBeGreaterThan(0);
      }
    }
  });

  it("shows bytes that were taken out, put in or cut off", async () => {
    const span = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 400 }), fc.uint8Array({ maxLength: 3 }));
    await fc.assert(
      fc.asyncProperty(span, async ([at, length, put]) => {
        const bytes = Buffer.concat([whole.subarray(0, at), put, whole.subarray(at + length)]);
        fc.pre(!bytes.equals(whole));
        expect((await checked(bytes)).damageCount).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it("is read the same however its bytes are cut", async () => {
    const verdict = await checked(whole);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 900 }), async (size) => {
        const pieces: Uint8Array[] = [];
        for (let at = 0; at < whole.length; at += size) pieces.push(whole.subarray(at, at + size));
        expect(await checkJournalFile(() => pieces, { keys: [key.publicKey] })).toEqual(verdict);
      }),
      { numRuns: 50 },
    );
  });

  it("names the line and what is wrong with it", async () => {
    expect(await whatIsWrong((lines) => lines.toSpliced(3, 1))).toEqual([
      "line 4: entry 4 stands where 3 belongs",
      "line 4: entry 4 is linked to another entry than the one before it",
      "line 10: the closing line counts 9 entries, the file has 8",
      "line 10: the bytes before the closing line are not those it was written after",
    ]);
    expect(await whatIsWrong((lines) => lines.slice(0, -1))).toEqual([
      "line 11: the closing line is missing: the file was cut off",
    ]);
    const dearer = await whatIsWrong((lines) => lines.with(2, (lines[2] ?? "").replaceAll("700", "701")));
    expect(dearer).toEqual([
      "line 3: entry 2 is not what was sealed: its bytes give another hash",
      "line 11: the bytes before the closing line are not those it was written after",
    ]);
  });
});

describe("somebody who writes the journal anew", () => {
  it("is shown by the key, however well the chain fits", async () => {
    const forger = testingKey();
    const forged = fileOf(chainOf("epoch-a", [opened, saleTold(1, 1), closed], forger.sign), forger);
    const verdict = await checked(forged);
    expect(verdict.isVouched).toBe(false);
    expect(verdict.damages.map(({ what }) => what)).toEqual([
      "the file names another public key than the one given",
      "the signature of entry 3 is not the terminal's",
      "the closing signature is not the terminal's",
    ]);
    // The control: who believes the file's own key is told so, and sees nothing.
    const believed = await checkJournalFile(() => [forged], { keys: [] });
    expect([believed.damageCount, believed.notes]).toEqual([
      0,
      ["checked with the key in the file itself: compare it with the one head office has for this terminal"],
    ]);
  });

  it("cannot leave the signature out", async () => {
    const { damages } = await checked(fileOf(first, null));
    expect(damages.at(-1)?.what).toBe("the file is not signed, and a public key was given");
  });
});

describe("epochs", () => {
  it("may follow an earlier entry of the one before, which is looked up", async () => {
    const fork = (hash: string | undefined) =>
      chainOf("epoch-b", [{ kind: "epoch-opened", body: { previous: { ...linkTo(first[3]), hash }, why: "fork" } }]);
    expect((await checked(fileOf([...first, ...fork(first[3]?.hash)], key))).damages).toEqual([]);
    expect((await checked(fileOf([...first, ...fork(first[4]?.hash)], key))).damages).toEqual([
      { line: 9, what: "this epoch follows another entry 4 of epoch-a than the file holds" },
    ]);
  });

  it("may follow an entry that only head office holds, which is told", async () => {
    const lost = { epoch: "epoch-a", seq: 60, hash: "ab".repeat(32) };
    const after = chainOf("epoch-b", [{ kind: "epoch-opened", body: { previous: lost } }]);
    const { damages, notes } = await checked(fileOf([...first, ...after], key));
    expect([damages, notes]).toEqual([
      [],
      ["line 9: the epoch follows entry 60 of epoch-a, which this till had lost; head office holds it"],
    ]);
  });

  const wrong: readonly (readonly [string, readonly WireEntry[], string])[] = [
    ["says nothing of what was before", chainOf("epoch-b", [{ kind: "epoch-opened", body: {} }]), "does not say"],
    ["says that nothing was before", chainOf("epoch-b", [opened]), "nothing was before"],
    ["begins with a sale", chainOf("epoch-b", [saleTold(3, 5)]), "begins with no epoch-opened"],
    ["is opened in its middle", chainOf("epoch-b", [...openedAfterFirst(), opened]), "in its middle"],
  ];
  it.each(wrong)("is damage where one %s", async (_, entries, what) => {
    const { damages } = await checked(fileOf([...first, ...entries], key));
    expect(damages.map((one) => one.what).join()).toContain(what);
  });
});

describe("what the entries tell", () => {
  const byCode = {
    tenders: [
      { kind: "static-code", amountFen: 500 },
      { kind: "cash", amountFen: 200 },
    ],
  };

  it("counts what was paid to the shop's printed code apart, in the version that knows it", async () => {
    const sales = [{ ...saleTold(1, 700, byCode), v: 2 }, saleTold(2, 300)];
    const { days, damages } = await checked(fileOf(chainOf("epoch-a", [opened, ...sales], key.sign), key));
    expect(damages).toEqual([]);
    expect(days).toMatchObject([{ saleCount: 2, salesFen: 1_000, cashFen: 500, wechatFen: 0, staticCodeFen: 500 }]);
  });

  it("is damage where a sale of the first version was paid so, or one of the second does not add up", async () => {
    const first = [opened, saleTold(1, 700, byCode)];
    const { damages } = await checked(fileOf(chainOf("epoch-a", first, key.sign), key));
    expect(damages.map(({ what }) => what)).toEqual([
      "it tells of a sale, and its number, day, total or tenders are not of their form",
    ]);
    const second = [opened, { ...saleTold(1, 701, byCode), v: 2 }];
    const differing = await checked(fileOf(chainOf("epoch-a", second, key.sign), key));
    expect(differing.damages.map(({ what }) => what)).toEqual(["sale T01-000001 costs 701 fen and 700 are paid"]);
  });

  it.each([
    ["a number is left out", [saleTold(1, 700), saleTold(3, 500)], "sale T01-000003 stands where number 2 belongs"],
    ["a number comes twice", [saleTold(1, 700), saleTold(1, 500)], "sale T01-000001 stands where number 2 belongs"],
    [
      "more is paid than it costs",
      [saleTold(1, 700, { totalFen: 600 })],
      "sale T01-000001 costs 600 fen and 700 are paid",
    ],
  ])("is damage where %s", async (_, sales, what) => {
    const { damages } = await checked(fileOf(chainOf("epoch-a", [opened, ...sales], key.sign), key));
    expect(damages.map((one) => one.what)).toEqual([what]);
  });
});

function checked(bytes: Uint8Array): Promise<Verdict> {
  return checkJournalFile(() => [bytes], { keys: [key.publicKey] });
}

async function whatIsWrong(change: (lines: readonly string[]) => readonly string[]): Promise<readonly string[]> {
  const lines = whole.toString().split("\n").slice(0, -1);
  const { damages } = await checked(
    Buffer.from(
      change(lines)
        .map((line) => `${line}\n`)
        .join(""),
    ),
  );
  return damages.map(({ line, what }) => `line ${line}: ${what}`);
}

function linkTo(entry: WireEntry | undefined) {
  return { epoch: entry?.epoch, seq: entry?.seq, hash: entry?.hash };
}

function openedAfterFirst() {
  return [{ kind: "epoch-opened", body: { previous: linkTo(tip) } } as const];
}

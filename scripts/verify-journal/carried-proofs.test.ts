import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { confirmationDigits } from "#headoffice/carried/confirmation.ts";
import { chainOf, fileOf, saleTold, testingKey } from "#tests/support/journal-file.ts";
import { checkJournalFile } from "./check-journal-file.ts";

const key = testingKey();
const office = generateKeyPairSync("ed25519");
const officeKey = office.publicKey.export({ format: "jwk" }).x ?? "";
const payment = { outTradeNo: "T01X000001A1", amountFen: 700, nonce: Buffer.alloc(12, 7).toString("base64url") };
const confirmation = confirmationDigits(office.privateKey, payment);

/** What the checker says of a journal with one sale that was paid on the customer's phone. */
async function checked(proof: unknown, officeKeys: readonly string[] = [officeKey]) {
  const tender = { kind: "wechat", method: "carried", amountFen: 700, outTradeNo: payment.outTradeNo };
  const sale = { ...saleTold(1, 700, { tenders: [{ ...tender, transactionId: null, proof }] }), v: 4 };
  const opened = { kind: "epoch-opened", body: { previous: null } } as const;
  const file = fileOf(chainOf("epoch-a", [opened, sale], key.sign), key);
  const { damages, notes } = await checkJournalFile(() => [file], { keys: [key.publicKey], officeKeys });
  return { damages: damages.map(({ what }) => what), notes };
}

describe("a sale that was paid on the customer's phone", () => {
  it("is proved by digits that head office's key has signed", async () => {
    for (const by of ["scan", "line"]) {
      expect(await checked({ by, confirmation })).toEqual({ damages: [], notes: [] });
    }
    const others = [testingKey().publicKey, officeKey];
    expect(await checked({ by: "scan", confirmation }, others)).toEqual({ damages: [], notes: [] });
  });

  it("is not proved by digits that somebody else has signed, or where head office's are of another payment", async () => {
    const forged = confirmationDigits(generateKeyPairSync("ed25519").privateKey, payment);
    const somebody = [`payment ${payment.outTradeNo} is confirmed by somebody else than head office`];
    expect((await checked({ by: "scan", confirmation: forged })).damages).toEqual(somebody);
    expect((await checked({ by: "scan", confirmation }, [testingKey().publicKey])).damages).toEqual(somebody);
    const unproved = [`payment ${payment.outTradeNo} is not proved`];
    for (const other of [{ amountFen: 701 }, { outTradeNo: "T01X000001A2" }]) {
      const digits = confirmationDigits(office.privateKey, { ...payment, ...other });
      expect((await checked({ by: "scan", confirmation: digits })).damages).toEqual(unproved);
    }
  });

  it("shows every digit of its proof that was changed", async () => {
    for (let at = 0; at < confirmation.length; at += 7) {
      const digit = (Number(confirmation[at]) + 1) % 10;
      const changed = `${confirmation.slice(0, at)}${digit}${confirmation.slice(at + 1)}`;
      expect([at, (await checked({ by: "scan", confirmation: changed })).damages.length]).toEqual([at, 1]);
    }
  });

  it("is said not to be checked without head office's key, and never can be where a code was typed", async () => {
    expect(await checked({ by: "scan", confirmation }, [])).toMatchObject({
      ...{ damages: [], notes: [expect.stringMatching(/^1 payments .* give --office-key$/)] },
    });
    expect(await checked({ by: "code", code: "12345678" })).toMatchObject({
      ...{ damages: [], notes: [expect.stringMatching(/^1 payments .* typed code/)] },
    });
    for (const proof of [undefined, {}, { by: "code", code: "1234567" }, { by: "scan", confirmation: "7701" }]) {
      expect((await checked(proof)).damages).toEqual([`payment ${payment.outTradeNo} is not proved`]);
    }
  });
});

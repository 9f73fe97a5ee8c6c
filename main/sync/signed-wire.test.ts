import { generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { relayCertificateSchema } from "#contract/wire/relay.ts";
import { ok } from "#core/result.ts";
import { createSignedWire } from "./signed-wire.ts";

it("tells in a few words what is wrong with an answer, however much of it there is", async () => {
  // Before a key is pinned anybody may answer, and the reason goes into the log.
  const bytes = Buffer.from(JSON.stringify({ ["x".repeat(1_000_000)]: 1 }));
  const wire = createSignedWire(
    new URL("http://127.0.0.1:1"),
    () => 0,
    async () => ok({ status: 200, headers: {}, bytes }),
  );
  const signer = { privateKey: generateKeyPairSync("ed25519").privateKey, keyid: "BJ01-T01" };
  const question = { method: "GET", path: "/v1/relay", body: null, schema: relayCertificateSchema } as const;
  const answer = await wire.send(question, signer, null);
  expect(answer).toMatchObject({ kind: "not-understood", isWrongOffice: false });
  expect(answer.kind === "not-understood" && answer.detail.length).toBeLessThanOrEqual(500);
});

import fc from "fast-check";
import { outcomesOf } from "#simulators/gateway/outcomes.ts";
import type { Script, ScriptParams } from "#simulators/gateway/script.ts";
import { signatureFaults } from "#simulators/gateway/signature-fault.ts";
import { forgeries } from "./forge.ts";
import type { Heard } from "./heard.ts";
import type { LineFault, LineTrouble } from "./line.ts";
import type { World } from "./world.ts";

export type Operation = Heard["operation"];

/** What will go wrong with the next requests of one kind: at the gateway, or on the line. */
export type Trouble = { readonly at: "gateway"; readonly script: Omit<Script, "next"> } | LineTrouble;

export const operations = ["codepay", "query", "reverse", "native", "close"] as const satisfies readonly Operation[];

/** Trouble for the next requests of the kinds `of`. */
export function troubleFor(...of: readonly Operation[]): fc.Arbitrary<Trouble> {
  return fc
    .constantFrom(...of)
    .chain((operation) =>
      fc.oneof({ weight: 2, arbitrary: scriptFor(operation) }, { weight: 1, arbitrary: lineTroubleFor(operation) }),
    );
}

export function makeTrouble(world: World, troubles: readonly Trouble[]): void {
  for (const trouble of troubles) {
    if (trouble.at === "gateway") world.api.scripts.add({ ...trouble.script, next: true });
    else world.line.troubles = [...world.line.troubles, trouble];
  }
}

export function tellTrouble(troubles: readonly Trouble[]): string {
  if (troubles.length === 0) return "";
  return ` [${troubles.map((trouble) => JSON.stringify(trouble.at === "gateway" ? trouble.script : trouble)).join(" ")}]`;
}

/** A request that is still on its way may arrive until its 30 seconds are over. */
const onItsWayMs = fc.constantFrom(0, 1_000, 8_000, 20_000, 29_000, 29_000);
const lineFault: fc.Arbitrary<LineFault> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom<LineFault>({ kind: "refused" }, { kind: "unreachable" }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("slow"), toMs: onItsWayMs, backMs: onItsWayMs }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("broken"), toMs: onItsWayMs }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("forged"), says: fc.constantFrom(...forgeries), arrives: fc.boolean() }),
  },
);

/** Trouble on the line alone: delays and breaks, of which races are made. */
export function lineTroubleFor(on: Operation): fc.Arbitrary<Trouble> {
  const forgotten = fc.constant<LineFault>({ kind: "forgotten" });
  return (on === "reverse" ? fc.oneof(lineFault, forgotten) : lineFault).map((fault) => ({ at: "line", on, fault }));
}

const params: fc.Arbitrary<ScriptParams> = fc.oneof(
  fc.constant({}),
  fc.record({ signature: fc.constantFrom(...signatureFaults) }),
  fc.record(
    {
      queryDelayMs: fc.constantFrom(3_000, 12_000, 60_000),
      settleAfterMs: fc.constantFrom(1_000, 20_000, 40_000),
      answerAfterMs: fc.constantFrom(1_000, 10_000, 35_000),
      spelling: fc.constantFrom("underscored", "plain"),
      userPayingAs: fc.constantFrom("trade-state", "code"),
    },
    { requiredKeys: [] },
  ),
);

/** Outcomes that have cost shops money; drawn as often as all the others together. */
const notorious = [
  ...(["foreign-amount", "foreign-amount", "foreign-out-trade-no", "order-not-exist"] as const),
  ...(["userpaying-success", "system-error-charged", "reset-after-charge", "slow-then-charged"] as const),
  ...(["reset-but-done", "never-answered-but-done"] as const),
];

function scriptFor(operation: Operation): fc.Arbitrary<Trouble> {
  const all = outcomesOf(operation);
  const outcome = fc.oneof(fc.constantFrom(...all), fc.constantFrom(...notorious.filter((name) => all.includes(name))));
  return fc
    .record({ operation: fc.constant(operation), outcome, params, times: fc.constantFrom(1, 1, 2, 5) })
    .map((script) => ({ at: "gateway", script }));
}

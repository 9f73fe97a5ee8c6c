import fc from "fast-check";
import { wordWith, withAmount } from "./forge.ts";
import { troubles } from "./model-gateway.ts";
import { ways } from "./line.ts";
import { prices } from "./made-shop.ts";
import type { Shown, World } from "./world.ts";

/** Something that happens; `take` says whether it made sense in this world and was taken. */
export interface Step {
  readonly name: string;
  readonly take: (world: World) => Promise<boolean>;
}

const index = fc.nat({ max: 999 });
const way = fc.constantFrom(...ways, "arrives" as const, "arrives" as const);
const openid = fc.constantFrom("anna", "anna", "anna", "bo");

/** The newest most of the time: what the customer has in hand. */
function requestOf(world: World, at: number): Shown | undefined {
  return at % 3 === 0 ? pick([...world.shown, ...world.forged], at) : world.shown.at(-1);
}

function pick<T>(all: readonly T[], at: number): T | undefined {
  return all[at % Math.max(1, all.length)];
}

function step<A extends readonly unknown[]>(
  weight: number,
  name: string,
  args: { [K in keyof A]: fc.Arbitrary<A[K]> },
  /** False, now or later, where it made no sense. */
  act: (world: World, ...args: A) => unknown,
) {
  const arbitrary = fc.tuple(...args).map((values): Step => ({
    name: `${name}(${values.map((value) => JSON.stringify(value)).join(", ")})`,
    async take(world) {
      // fast-check's tuple has the types of its parts.
      return (await act(world, ...(values as unknown as A))) !== false;
    },
  }));
  return { weight, arbitrary };
}

/** Of 40 steps most are the story itself, in which the others find something to spoil. */
export const steps: fc.Arbitrary<Step> = fc.oneof(
  step(6, "till shows a request", [fc.constantFrom(...prices)], (world, amountFen) => {
    if (world.till.open().length > 1 || world.shown.length >= 8) return false;
    return world.show(amountFen);
  }),
  step(10, "page button", [index, openid, way], (world, at, who, sent) => {
    const order = requestOf(world, at);
    return order === undefined ? false : world.press(order.payload, order.outTradeNo, who, sent);
  }),
  step(10, "customer says yes", [index], (world, at) => {
    const sheet = at % 3 === 0 ? pick(world.sheets, at) : world.sheets.at(-1);
    return sheet !== undefined && world.gateway.pay(sheet.outTradeNo, sheet.openid) ? undefined : false;
  }),
  step(6, "customer pays", [openid], async (world, who) => {
    const order = world.shown.at(-1);
    return order === undefined ? false : payAtOnce(world, order, who);
  }),
  step(8, "customer pays and looks", [openid], async (world, who) => {
    const order = world.shown.at(-1);
    if (order === undefined || !(await payAtOnce(world, order, who))) return false;
    return world.look(order.payload, order.outTradeNo);
  }),
  step(6, "notification", [index, fc.constantFrom(false, false, true)], (world, at, isForged) => {
    const order = pick(world.shown, at);
    return order === undefined ? false : world.notify(order.outTradeNo, isForged);
  }),
  step(10, "page looked at", [index], (world, at) => {
    const order = requestOf(world, at);
    return order === undefined ? false : world.look(order.payload, order.outTradeNo);
  }),
  step(4, "page polls", [index], (world, at) => {
    const order = requestOf(world, at);
    return order === undefined ? false : world.poll(order.payload);
  }),
  step(8, "scan", [index], (world, at) => {
    const word = at % 3 === 0 ? pick(world.seen, at) : world.seen.at(-1);
    return word === undefined ? false : world.till.scan(word.digits);
  }),
  step(5, "code typed", [index, fc.constantFrom("as-shown", "with-gap", "as-number", "guess")], (world, at, form) => {
    const word = pick(world.seen, at);
    if (word?.code === undefined || word.code === null) return false;
    const forms = { "as-shown": word.code, "with-gap": `${word.code.slice(0, 4)} ${word.code.slice(4)}` };
    const text = { ...forms, "as-number": `${word.code}.0`, guess: "00000000" }[form];
    // Into whatever is on the screen, which may be another attempt.
    return world.type(world.till.open()[0]?.outTradeNo ?? word.outTradeNo, text);
  }),
  step(4, "cashier gives up", [index], (world, at) => {
    const order = at % 3 === 0 ? pick(world.shown, at) : world.shown.at(-1);
    return order === undefined ? false : world.till.abandon(order.outTradeNo);
  }),
  step(6, "till uploads", [way], (world, sent) => world.till.upload(sent)),
  step(2, "a lost upload arrives", [], (world) => world.line.strayArrives()),
  step(4, "till asks", [way], (world, sent) => world.till.ask(sent)),
  step(3, "till is set back", [], (world) => world.till.setBack()),
  step(2, "till restarts", [], (world) => world.till.restart()),
  step(2, "head office restarts", [], (world) => world.office.restart()),
  step(5, "gateway's line", [fc.constantFrom(...troubles)], (world, trouble) => {
    world.gateway.troubles.push(trouble);
  }),
  step(8, "time passes", [fc.constantFrom(1_000, 6_000, 40_000, 95_000, 301_000, 700_000)], (world, ms) =>
    world.pass(ms),
  ),
  ...forgeries(),
);

/** Page, button, sheet and the gateway's word, one behind the other; false where the gateway takes no money. */
async function payAtOnce(world: World, { outTradeNo, payload }: Shown, openid: string): Promise<boolean> {
  await world.press(payload, outTradeNo, openid, "arrives");
  if (!world.gateway.pay(outTradeNo, openid)) return false;
  await world.notify(outTradeNo, false);
  return true;
}

/** What somebody tries who wants goods for nothing. */
function forgeries() {
  return [
    step(3, "request for one fen", [], (world) => {
      const order = world.shown.at(-1);
      if (order === undefined) return false;
      const { outTradeNo } = order;
      const payload = withAmount(order.payload, 1);
      world.forged.push({ outTradeNo, payload });
      return world.press(payload, outTradeNo, "anna", "arrives");
    }),
    step(3, "confirmation for the open attempt's amount", [index], (world, at) => {
      const word = pick(world.seen, at);
      const open = world.till.open()[0];
      if (word === undefined || open === undefined) return false;
      return world.till.scan(wordWith(word.digits, { amountFen: open.amountFen }));
    }),
    step(3, "confirmation with the open attempt's nonce", [index], (world, at) => {
      const word = pick(world.seen, at);
      const open = world.till.open()[0];
      if (word === undefined || open?.carried === undefined) return false;
      return world.till.scan(wordWith(word.digits, { nonce: open.carried.nonce }));
    }),
  ] as const;
}

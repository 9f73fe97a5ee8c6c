import { type Cell, type Course, type Happening, healedAtMs, type Way, type Wrong } from "./course.ts";
import { course, limits } from "./fault-courses.ts";

const second = 1_000;
const day = 24 * 3_600 * second;
/** A moment more than the gateway takes a payment back for. */
const week = 7 * day + 600 * second;
const charged = (params: Wrong["params"] = {}): Wrong => ({
  ...{ operation: "codepay", outcome: "system-error-charged", times: 1, params },
});
const password = (atMs: number, movesMs = 0): Happening => ({ kind: "password", accepts: true, atMs, movesMs });
const until = (atMs: number, ...others: readonly Happening[]): readonly Happening[] => [
  ...others,
  { kind: "heal", atMs },
];

type Story = Partial<Course> & { readonly about: string };

/** What no single answer makes: races between people, clocks and requests, and what the network does as a whole. */
export function storyCells(way: Way): readonly Cell[] {
  const stories: readonly Story[] = [...storiesOf[way], ...everyWay(way)];
  const abouts = [...new Set(stories.map(({ about }) => about))];
  return abouts.map((fault) => ({
    ...{ way, stage: "story", fault },
    courses: stories
      .filter(({ about }) => about === fault)
      .map((story, index) => course(way, "story", `${fault} ${index + 1}`, withSetUp(way, story))),
  }));
}

function withSetUp(way: Way, more: Partial<Course>): Partial<Course> {
  const over = way === "v2" ? ({ codepayProtocol: "v2" } as const) : {};
  return more.setUp === undefined ? more : { ...more, setUp: { ...over, ...more.setUp } };
}

const codeStories: readonly Story[] = [
  { about: "nothing goes wrong" },
  { about: "the customer types the password", phone: "password", happenings: [password(9 * second)] },
  {
    about: "the customer refuses",
    phone: "password",
    happenings: [{ kind: "password", accepts: false, atMs: 9 * second }],
  },
  { about: "nobody pays: revoked by itself after 45 s", phone: "password" },
  ...[44_500, 44_999].flatMap((atMs) => [
    { about: "paid between the last query and the reverse", phone: "password" as const, happenings: [password(atMs)] },
    {
      about: "paid between the last query and the reverse, the money on its way for 20 s",
      ...{ phone: "password" as const, happenings: [password(atMs, 20 * second)] },
    },
  ]),
  ...[1, 14_999, 15_000, 44_000].map((atMs): Story => ({
    about: "paid while the cashier cancels",
    ...{ phone: "password", happenings: [{ kind: "cancel", atMs }, password(14_990)] },
  })),
  ...[1, 12_000].map((atMs): Story => ({
    about: "paid while the cashier cancels, the money on its way for 20 s",
    ...{ phone: "password", happenings: [{ kind: "cancel", atMs }, password(atMs + 2_000, 20 * second)] },
  })),
  ...[10, 60, 135].map((seconds) => ({
    about: "the order is not to be found for a while after it was paid",
    wrongs: [charged({ queryDelayMs: seconds * second })],
  })),
  ...(["code-expired", "not-enough", "trade-error", "order-not-exist"] as const).flatMap((outcome) =>
    (["plain", "underscored"] as const).map((spelling): Story => ({
      about: "refusals in both spellings",
      wrongs: [{ operation: "codepay", outcome, times: 1, params: { spelling } }],
    })),
  ),
  {
    about: "not found, in both spellings",
    wrongs: (["plain", "underscored"] as const).map((spelling) => ({
      ...{ operation: "query", outcome: "order-not-exist", times: 2, params: { spelling } },
    })),
    phone: "password",
    happenings: [password(20 * second)],
  },
  {
    about: "the customer is said to be paying by a code alone",
    phone: "password",
    wrongs: [{ operation: "codepay", outcome: "normal", times: 1, params: { userPayingAs: "code" } }],
    happenings: [password(8 * second)],
  },
  {
    about: "put aside while it is not known",
    wrongs: [charged(), { operation: "query", outcome: "reset", times: 4 }],
    happenings: [{ kind: "park", atMs: 7 * second }],
  },
  {
    about: "put aside while it is not known",
    wrongs: [charged(), { operation: "query", outcome: "reset", times: "until-healed" }],
    happenings: until(healedAtMs, { kind: "park", atMs: 7 * second }, { kind: "restart", atMs: 50 * second }),
    limitMs: limits.v3.healed,
  },
];

/** The attempt machine's own window, the same over both protocols: shown over one of them. */
const longStories: readonly Story[] = [
  {
    about: "no reverse gets through for a day",
    phone: "password",
    happenings: until(day, { kind: "cable-cut", atMs: 20 * second }),
    limitMs: 620 * second,
  },
  {
    about: "no reverse gets through for a week: a person gives the money back at the gateway",
    phone: "password",
    happenings: until(
      week,
      password(19 * second),
      { kind: "cable-cut", atMs: 18 * second },
      { kind: "refund-by-hand", atMs: week + 60 * second },
    ),
    limitMs: 1_220 * second,
  },
];

const nativeStories: readonly Story[] = [
  { about: "nothing goes wrong" },
  { about: "nobody pays", qr: { paysAfterMs: null } },
  ...[149_500, 149_999].flatMap((paysAfterMs): readonly Story[] => [
    { about: "paid as the QR is taken away", qr: { paysAfterMs } },
    {
      about: "paid as the QR is taken away, the money on its way for 20 s",
      qr: { paysAfterMs, movesMs: 20 * second },
    },
  ]),
  ...[7_999, 8_000, 8_001].map((atMs): Story => ({
    about: "paid while the cashier cancels",
    ...{ qr: { paysAfterMs: 8_000 }, happenings: [{ kind: "cancel", atMs }] },
  })),
  {
    about: "paid while the cashier cancels, the money on its way for 20 s",
    ...{ qr: { paysAfterMs: 8_000, movesMs: 20 * second }, happenings: [{ kind: "cancel", atMs: 9_000 }] },
  },
  {
    about: "put aside while it is not known",
    wrongs: [
      { operation: "query", outcome: "reset", times: "until-healed" },
      { operation: "close", outcome: "reset", times: "until-healed" },
    ],
    happenings: until(healedAtMs, { kind: "cancel", atMs: 20 * second }, { kind: "park", atMs: 25 * second }),
    limitMs: limits.native.healed,
  },
];

const refundStories: readonly Story[] = [
  { about: "nothing goes wrong" },
  {
    about: "refusals in both spellings",
    wrongs: [{ operation: "refund", outcome: "not-enough", times: 1, params: { spelling: "plain" } }],
  },
  {
    about: "refusals in both spellings",
    wrongs: [{ operation: "refund", outcome: "not-enough", times: 1, params: { spelling: "underscored" } }],
  },
  {
    about: "refused after an answer that was lost",
    wrongs: [
      { operation: "refund", outcome: "reset-but-done", times: 1 },
      { operation: "refund", outcome: "not-enough", times: 1 },
    ],
  },
  {
    about: "refused, and not to be found for a while, after an answer that was lost",
    wrongs: [
      { operation: "refund", outcome: "reset-but-done", times: 1 },
      { operation: "refund", outcome: "not-enough", times: 1 },
      { operation: "refund-query", outcome: "resource-not-exists", times: 3 },
    ],
  },
  {
    about: "stuck, and found to be stuck after an answer that was lost",
    wrongs: [
      { operation: "refund", outcome: "refund-abnormal", times: 1 },
      { operation: "refund-query", outcome: "truncated", times: 1 },
    ],
  },
  {
    about: "stuck, then sent on by a person at the gateway",
    wrongs: [{ operation: "refund", outcome: "refund-abnormal", times: 1 }],
    happenings: until(day + 7_200 * second, { kind: "send-on-by-hand", atMs: 120 * second }),
  },
];

const storiesOf: Readonly<Record<Way, readonly Story[]>> = {
  v3: [...codeStories, ...longStories],
  v2: codeStories,
  native: nativeStories,
  refund: refundStories,
};

/** Restarts with a request on its way, a network that is gone, clocks that differ, keys that change. */
function everyWay(way: Way): readonly Story[] {
  const limitMs = limits[way].healed;
  const restarts: readonly Story[] = [0, 1, 4_000, 16_000].map((atMs) => ({
    about: "the till restarts with a request on its way",
    happenings: [{ kind: "restart", atMs }],
  }));
  const isCode = way === "v3" || way === "v2";
  const unheard = isCode ? [charged()] : [];
  const cut = (atMs: number, ...others: readonly Happening[]): Story => ({
    about: "the cable is cut until healed",
    ...{ wrongs: unheard, happenings: until(healedAtMs, { kind: "cable-cut", atMs }, ...others), limitMs },
  });
  const offClocks = [-600, 600].map((seconds): Story => ({
    about: "the gateway's clock is ten minutes off until healed",
    ...{ happenings: until(healedAtMs, { kind: "wire-clock", atMs: 0, skewMs: seconds * second }), limitMs },
  }));
  const rotations = (["certificates", "both"] as const).map((answersSignedBy): Story => ({
    about: "the gateway's keys are changed on the way",
    setUp: { answersSignedBy, ...(answersSignedBy === "both" ? {} : { publicKeyId: "", publicKeyFile: "" }) },
    wrongs: unheard,
    happenings: [{ kind: "rotate-keys", atMs: 2_000 }],
  }));
  // Signatures of V2 carry no time and are made with a key that never changes.
  const v3Only = way === "v2" ? [] : [...offClocks, ...rotations];
  const cancel: Happening = { kind: "cancel", atMs: 20 * second };
  const cancelled = way === "refund" ? [] : [cut(0, cancel), cut(4_000, cancel)];
  return [...restarts, cut(0), cut(4_000, { kind: "restart", atMs: 90 * second }), ...cancelled, ...v3Only];
}

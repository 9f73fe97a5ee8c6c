import { fen } from "#core/money/fen.ts";
import { type Attempt, type AttemptKind, defaultAttemptTiming } from "#core/tender/attempt.ts";
import { isFinished, newAttempt } from "#core/tender/step-attempt.ts";
import { describe, expect, it } from "vitest";
import type { PaymentGateway } from "#main/till/ports/payment-gateway.ts";
import { createAttemptDriver } from "./attempt-driver.ts";

const authCode = "134567890123456789";
const facts = { transactionId: "4200000001", payerTotalFen: fen(500), successTime: "2026-11-21T12:00:00+08:00" };
const paid = { kind: "paid", facts } as const;
const userPaying = { kind: "user-paying" } as const;
const timeout = { kind: "unknown", cause: "timeout", code: null } as const;
const accepted = { kind: "accepted" } as const;
const opened = { kind: "opened", codeUrl: "weixin://wxpay/bizpayurl?pr=1" } as const;

type Questions = Omit<PaymentGateway, "codeProtocol">;
type Answers = { readonly [M in keyof Questions]: Awaited<ReturnType<Questions[M]>> };
type Script = { [M in keyof Answers]?: (Answers[M] | "never" | "throws" | "rejects")[] };

function attemptOf(kind: AttemptKind = "codepay", outTradeNo = "A00001", saleId = "sale-1"): Attempt {
  return newAttempt({ kind, outTradeNo, saleId, tenderId: `t-${outTradeNo}`, amountFen: fen(500), nowMs: 0 });
}

/** The disk, which outlives a till, and the order in which everything happened. */
function createWorld() {
  const disk = new Map<string, Attempt>();
  const settled: Attempt[] = [];
  const happened: string[] = [];
  const logged: string[] = [];
  let nowMs = 0;
  let timers: { readonly atMs: number; readonly callback: () => void }[] = [];
  let goodWrites = Infinity;
  let badWrites = 0;
  const write = (attempt: Attempt, what: string): void => {
    if (goodWrites > 0) goodWrites -= 1;
    else if (badWrites > 0) {
      badWrites -= 1;
      happened.push("refused by disk");
      throw new Error("disk full");
    }
    happened.push(`${what} ${attempt.state}`);
    disk.set(attempt.outTradeNo, attempt);
  };
  return { disk, settled, happened, logged, boot, advance, refuseWrites };

  /** The disk takes `after` more writes, refuses `times`, and is well again. */
  function refuseWrites(times: number, after = 0): void {
    goodWrites = after;
    badWrites = times;
  }

  /** A till process on this disk; each answer of the script is given once, the last one for ever. */
  function boot(script: Script, onChange = onNothing, onSettling = onNothing) {
    const answer = <M extends keyof Answers>(method: M, ...given: readonly unknown[]): Promise<Answers[M]> => {
      happened.push([method, ...given].join(" "));
      const answers: Script[M] = script[method];
      const next = answers !== undefined && answers.length > 1 ? answers.shift() : answers?.[0];
      if (next === "throws") throw new Error("port broke");
      if (next === "rejects") return Promise.reject(new Error("port broke"));
      if (next === undefined || next === "never") return new Promise(() => {});
      return Promise.resolve(next);
    };
    const gateway: PaymentGateway = {
      codeProtocol: "v3",
      pay: (order, code) => answer("pay", order.amountFen, order.description, code),
      openNative: (order, expiresAtMs) => answer("openNative", order.amountFen, order.description, expiresAtMs),
      query: (_no, _amount, protocol) => answer("query", ...(protocol === "v3" ? [] : [protocol])),
      reverse: (_no, protocol) => answer("reverse", ...(protocol === "v3" ? [] : [protocol])),
      close: () => answer("close"),
    };
    return createAttemptDriver({
      store: {
        createAttempt: (attempt) => write(attempt, "create"),
        saveAttempt: (attempt) => write(attempt, "save"),
        unfinishedAttempts: () => [...disk.values()].filter((attempt) => !isFinished(attempt)),
      },
      gateway,
      clock: { now: () => nowMs, after },
      timing: defaultAttemptTiming,
      describe: (saleId) => `bill of ${saleId}`,
      onChange,
      onSettled(attempt) {
        onSettling(attempt);
        write(attempt, "settle");
        settled.push(attempt);
      },
      log: (what, given) => logged.push(`${what} ${JSON.stringify(given, (_key, value: unknown) => textOf(value))}`),
    });
  }

  function after(ms: number, callback: () => void): () => void {
    const timer = { atMs: nowMs + ms, callback };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  }

  /** Lets time pass, timer by timer, with the answers that arrive between them. */
  async function advance(ms: number): Promise<void> {
    const untilMs = nowMs + ms;
    await answersArrive();
    for (let next = due(untilMs); next !== undefined; next = due(untilMs)) {
      nowMs = next.atMs;
      timers = timers.filter((timer) => timer !== next);
      next.callback();
      await answersArrive();
    }
    nowMs = untilMs;
  }

  function due(untilMs: number) {
    return timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
  }
}

const textOf = (value: unknown): unknown => (value instanceof Error ? `${value.stack}` : value);
const onNothing = (_attempt: Attempt): void => {};
const answersArrive = () => new Promise<void>((resolve) => setImmediate(resolve));
const payCall = `pay 500 bill of sale-1 ${authCode}`;

describe("one payment by code", () => {
  it("paid at once: on disk before it is sent, its end on disk before anybody hears of it", async () => {
    const world = createWorld();
    const driver = world.boot({ pay: [paid] }, (attempt) => world.happened.push(`told ${attempt.state}`));
    driver.start(attemptOf(), authCode);
    expect(driver.current("sale-1")?.state).toBe("sent");
    await world.advance(0);
    const end = ["settle paid", "told paid"];
    expect(world.happened).toEqual(["create created", "save sent", payCall, "told sent", ...end]);
    expect([driver.current("sale-1"), driver.unfinished()]).toEqual([null, []]);
    expect(world.settled.map(({ paid }) => paid)).toEqual([facts]);
  });

  it("paid after the password: queried every five seconds", async () => {
    const world = createWorld();
    const driver = world.boot({ pay: [userPaying], query: [userPaying, userPaying, paid] });
    driver.start(attemptOf(), authCode);
    await world.advance(14_999);
    expect(world.happened.filter((what) => what === "query")).toHaveLength(2);
    expect(driver.current("sale-1")).toMatchObject({ state: "pending", customerIsEnteringPassword: true });
    await world.advance(1);
    expect(world.settled).toMatchObject([{ state: "paid", paid: facts }]);
  });

  it("refused: failed with the reason, and nothing else is asked", async () => {
    const world = createWorld();
    const refused = { kind: "refused", reason: "code-expired", code: "AUTHCODEEXPIRE" } as const;
    world.boot({ pay: [refused] }).start(attemptOf(), authCode);
    await world.advance(3_600_000);
    expect(world.happened).toEqual(["create created", "save sent", payCall, "settle failed"]);
    expect(world.settled).toMatchObject([{ refused: { reason: "code-expired", code: "AUTHCODEEXPIRE" } }]);
  });

  it("never answered: reversed at the deadline, and over only when a query confirms it", async () => {
    const world = createWorld();
    const driver = world.boot({ pay: ["never"], reverse: [timeout, accepted], query: [timeout, { kind: "revoked" }] });
    driver.start(attemptOf(), authCode);
    await world.advance(45_000);
    expect(driver.current("sale-1")).toMatchObject({ state: "undoing", undoReason: "deadline" });
    await world.advance(5_000);
    expect(world.happened.filter((what) => what === "pay" || what === payCall)).toHaveLength(1);
    const undo = world.happened.filter((what) => ["reverse", "query", "settle reversed"].includes(what));
    expect(undo).toEqual(["reverse", "query", "reverse", "query", "settle reversed"]);
  });

  it("cancelled before fifteen seconds: the reverse waits for the fifteenth, and a second cancel changes nothing", async () => {
    const world = createWorld();
    const driver = world.boot({ pay: [userPaying], query: [{ kind: "revoked" }], reverse: [accepted] });
    driver.start(attemptOf(), authCode);
    await world.advance(3_000);
    driver.cancel("A00001");
    driver.cancel("A00001");
    await world.advance(11_999);
    expect(world.happened).not.toContain("reverse");
    await world.advance(1);
    expect(world.settled).toMatchObject([{ state: "reversed", undoReason: "cashier" }]);
    driver.cancel("A00001");
    driver.cancel("NOSUCH");
    expect(world.settled).toHaveLength(1);
  });

  it.each(["throws", "rejects"] as const)("is not known when the port %s: queried, never sent again", async (how) => {
    const world = createWorld();
    world.boot({ pay: [how], query: [how, paid] }).start(attemptOf(), authCode);
    await world.advance(10_000);
    expect(world.happened.filter((what) => what === payCall)).toHaveLength(1);
    expect(world.settled).toMatchObject([{ state: "paid" }]);
  });

  it("asks a question again only when the last one was answered", async () => {
    const world = createWorld();
    world.boot({ pay: [userPaying], query: ["never"] }).start(attemptOf(), authCode);
    await world.advance(40_000);
    expect(world.happened.filter((what) => what === "query")).toHaveLength(1);
  });
});

describe("one QR order", () => {
  it("is opened again with the very same parameters, then paid", async () => {
    const world = createWorld();
    const driver = world.boot({ openNative: [timeout, opened], query: [{ kind: "not-paid" }, paid] });
    driver.start(attemptOf("native"), null);
    await world.advance(5_000);
    const openings = world.happened.filter((what) => what.startsWith("openNative"));
    expect(openings).toEqual(Array(2).fill("openNative 500 bill of sale-1 210000"));
    expect(driver.current("sale-1")).toMatchObject({ state: "pending", codeUrl: opened.codeUrl });
    await world.advance(60_000);
    expect(world.settled).toMatchObject([{ state: "paid" }]);
  });

  it("that nobody pays is closed, and paid after all when closing says so", async () => {
    const world = createWorld();
    const query = [...Array.from({ length: 29 }, () => ({ kind: "not-paid" }) as const), paid];
    world.boot({ openNative: [opened], query, close: [{ kind: "already-paid" }] }).start(attemptOf("native"), null);
    await world.advance(200_000);
    expect(world.happened).toContain("close");
    expect(world.settled).toMatchObject([{ state: "paid", paid: facts }]);
  });
});

describe("a till that died", () => {
  it("between the store and the answer: the next one asks and books the payment once", async () => {
    const world = createWorld();
    const first = world.boot({ pay: [paid] });
    first.start(attemptOf(), authCode);
    first.stop(); // the answer comes to nobody
    await world.advance(2_000);
    expect(world.settled).toEqual([]);
    const second = world.boot({ query: [paid] });
    second.resumeAll();
    second.resumeAll();
    await world.advance(60_000);
    expect(world.happened.filter((what) => what === payCall)).toHaveLength(1);
    expect(world.settled).toMatchObject([{ state: "paid", wasResumed: true }]);
  });

  it("before the request left: the attempt failed, and nothing is ever sent for it", async () => {
    const world = createWorld();
    world.disk.set("A00001", attemptOf());
    world.boot({}).resumeAll();
    await world.advance(60_000);
    expect(world.happened).toEqual(["settle failed"]);
  });

  it("while reversing: the next one goes on reversing until it is confirmed", async () => {
    const world = createWorld();
    const first = world.boot({ pay: [timeout], query: [timeout], reverse: [timeout] });
    first.start(attemptOf(), authCode);
    await world.advance(50_000);
    first.stop();
    const before = world.happened.length;
    world.boot({ reverse: [accepted], query: [{ kind: "refunded" }] }).resumeAll();
    await world.advance(0);
    expect(world.happened.slice(before)).toContain("reverse");
    expect(world.settled).toMatchObject([{ state: "reversed", wasRefunded: true }]);
  });

  it("takes no new attempt after it was stopped, and puts none on disk", () => {
    const world = createWorld();
    const driver = world.boot({});
    driver.stop();
    expect(() => driver.start(attemptOf(), authCode)).toThrow("stopped");
    expect(world.disk.size).toBe(0);
  });
});

describe("a disk that refuses", () => {
  it("the new attempt: start throws and nothing is sent", async () => {
    const world = createWorld();
    const driver = world.boot({ pay: [paid] });
    world.refuseWrites(1);
    expect(() => driver.start(attemptOf(), authCode)).toThrow("disk full");
    await world.advance(60_000);
    expect([world.happened, driver.unfinished()]).toEqual([["refused by disk"], []]);
  });

  it("the step before sending: the request waits for it", async () => {
    const world = createWorld();
    const driver = world.boot({ pay: [paid] });
    world.refuseWrites(2, 1);
    driver.start(attemptOf(), authCode);
    await world.advance(2_999);
    expect(world.happened).not.toContain(payCall);
    await world.advance(1);
    expect(world.settled).toMatchObject([{ state: "paid" }]);
  });

  it("the step before sending, and the cashier cancels: it is never sent", async () => {
    const world = createWorld();
    const driver = world.boot({ pay: [paid] });
    world.refuseWrites(1, 1);
    driver.start(attemptOf(), authCode);
    driver.cancel("A00001");
    await world.advance(60_000);
    expect(world.happened).toEqual(["create created", "refused by disk", "settle failed"]);
  });

  it("to book a payment, past its deadline: it is never overtaken by the undo, and booked once", async () => {
    const world = createWorld();
    const driver = world.boot({ pay: [paid], query: [paid], reverse: [accepted] });
    world.refuseWrites(9, 2); // tried again after 1, 2, 4, 8, 16, 32, 60, 60 … s, and at the deadline and the cancel
    driver.start(attemptOf(), authCode);
    await world.advance(100_000);
    driver.cancel("A00001");
    expect(driver.current("sale-1")).toMatchObject({ state: "sent" });
    await world.advance(130_000);
    expect(world.happened).not.toContain("reverse");
    expect(world.settled).toMatchObject([{ state: "paid" }]);
    expect(driver.unfinished()).toEqual([]);
  });
});

describe("the listeners of an attempt", () => {
  it("may throw: the payment goes on, and its timers with it", async () => {
    const world = createWorld();
    const broken = () => {
      throw new Error("window gone");
    };
    world
      .boot({ pay: ["never"], reverse: [accepted], query: [{ kind: "revoked" }] }, broken)
      .start(attemptOf(), authCode);
    await world.advance(60_000);
    expect(world.settled).toMatchObject([{ state: "reversed" }]);
    expect(world.logged.join("\n")).toContain("window gone");
  });

  it("may cancel from within a change: the cancel is heard after the step", async () => {
    const world = createWorld();
    const driver = world.boot({ pay: [userPaying], reverse: [accepted], query: [{ kind: "revoked" }] }, (attempt) => {
      if (attempt.state === "sent") driver.cancel(attempt.outTradeNo);
    });
    driver.start(attemptOf(), authCode);
    expect(driver.current("sale-1")).toMatchObject({ state: "undoing", undoReason: "cashier" });
    await world.advance(15_000);
    expect(world.settled).toMatchObject([{ state: "reversed" }]);
  });
});

describe("booking an end", () => {
  it("that asks the driver for something meanwhile is still done once", async () => {
    const world = createWorld();
    const driver = world.boot({ pay: [paid], reverse: [accepted] }, onNothing, ({ outTradeNo }) =>
      driver.cancel(outTradeNo),
    );
    driver.start(attemptOf(), authCode);
    await world.advance(60_000);
    expect(world.settled).toMatchObject([{ state: "paid" }]);
    expect(world.happened).not.toContain("reverse");
  });
});

describe("an attempt of protocol v2", () => {
  it("is asked about and reversed over v2 also by a till that was since set up for v3", async () => {
    const world = createWorld();
    const stored = { ...attemptOf(), protocol: "v2", state: "sent", sentAtMs: 0, deadlineAtMs: 45_000 } as const;
    world.disk.set("A00001", stored);
    world.boot({ query: [timeout, { kind: "revoked" }], reverse: [accepted] }).resumeAll();
    await world.advance(200_000);
    const asked = world.happened.filter((what) => /^(?:query|reverse|pay)/u.test(what));
    expect(new Set(asked)).toEqual(new Set(["query v2", "reverse v2"]));
    expect(world.settled).toMatchObject([{ state: "reversed", protocol: "v2" }]);
  });
});

describe("two sales at once", () => {
  it("do not touch each other, and one number is started once", async () => {
    const world = createWorld();
    const driver = world.boot({ pay: [paid, userPaying], query: [userPaying] });
    driver.start(attemptOf("codepay", "A00001", "sale-1"), authCode);
    driver.start(attemptOf("codepay", "A00002", "sale-2"), authCode);
    expect(() => driver.start(attemptOf("codepay", "A00002", "sale-2"), authCode)).toThrow("once");
    await world.advance(1_000);
    expect([driver.current("sale-1"), driver.current("sale-2")?.state]).toEqual([null, "pending"]);
    expect(driver.unfinished().map(({ outTradeNo }) => outTradeNo)).toEqual(["A00002"]);
  });
});

describe("the log", () => {
  it("never has the payment code, whatever goes wrong", async () => {
    const world = createWorld();
    const driver = world.boot({ pay: ["throws"], query: ["rejects"], reverse: ["throws"] }, () => {
      throw new Error("window gone");
    });
    driver.start(attemptOf(), authCode);
    world.refuseWrites(2);
    await world.advance(8 * 24 * 3_600_000);
    const log = [...world.logged, JSON.stringify([...world.disk.values()])].join("\n");
    expect(log).toContain("attempt step not stored");
    expect(log).toContain("attempt needs a manager");
    expect(log).toContain("gateway port broken");
    expect(log).not.toContain(authCode);
    expect(world.happened).toContain(payCall); // the control: the code did pass through the driver
  });
});

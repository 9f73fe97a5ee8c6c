/** One change to one file of the product, such as somebody in a hurry might make. */
interface Edit {
  readonly file: string;
  /** Stands in the file exactly once, or the mutant is refused: it must not rot unnoticed. */
  readonly find: string;
  readonly replace: string;
}

export interface Mutant {
  readonly name: string;
  /** What the change gets wrong. */
  readonly mistake: string;
  readonly edits: readonly Edit[];
}

const codepay = "main/payments/wechat/codepay.ts";
const cells = "core/tender/codepay-cells.ts";
const stepRunner = "main/till/steps/step-runner.ts";

/** Every one of them loses or doubles money somewhere; a model that does not notice is no proof. */
export const mutants: readonly Mutant[] = [
  {
    name: "accepted-is-failed",
    mistake: "Takes a 202 for a refusal, as a client that knows only 200 does.",
    edits: [
      {
        file: codepay,
        find: `if (status === 202 || isCode(code, "USERPAYING")) return { kind: "user-paying" };`,
        replace: `if (status === 202) return { kind: "refused", reason: "code-invalid", code: code ?? "USERPAYING" };`,
      },
    ],
  },
  {
    name: "posts-again-on-time-out",
    mistake: "Posts a payment code a second time when the first post was not answered.",
    edits: [
      {
        file: codepay,
        find: `const reply = await ask(line, codepayQuestion(line, scene, order, authCode));
  return`,
        replace: `let reply = await ask(line, codepayQuestion(line, scene, order, authCode));
  if (reply.kind === "unknown" && reply.cause === "timeout") reply = await ask(line, codepayQuestion(line, scene, order, authCode));
  return`,
      },
    ],
  },
  {
    name: "posts-to-both-addresses",
    mistake: "Lets the backup address have a payment code that the first may have taken.",
    edits: [{ file: codepay, find: "    isOnce: true,\n", replace: "" }],
  },
  {
    name: "next-number-without-reverse",
    mistake: "Cancels by forgetting: the sale may begin its next attempt while the old one can still be paid.",
    edits: [
      {
        file: cells,
        find: `  const undoing = { ...attempt, state: "undoing", undoReason: reason, undoingSinceMs: nowMs } as const;`,
        replace: `  if (reason === "cashier") return settleReversed(attempt, false);
  const undoing = { ...attempt, state: "undoing", undoReason: reason, undoingSinceMs: nowMs } as const;`,
      },
    ],
  },
  {
    name: "two-attempts-at-once",
    mistake: "Lets a sale begin an attempt beside an unfinished one: no rule, no guard in the store, no index.",
    edits: [
      {
        file: "core/tender/tendering.ts",
        find: `export function canStartAttempt(state: TenderingState, amountFen: Fen): Result<Fen, TenderFault> {
  if (state.attempt !== null) return fail({ kind: "attempt-unfinished" });`,
        replace: `export function canStartAttempt(state: TenderingState, amountFen: Fen): Result<Fen, TenderFault> {`,
      },
      {
        file: "main/store/sales/attempts.ts",
        find: "        assert(rows.ofSale(saleId).every(isFinished), `sale ${saleId} has no other unfinished attempt`);\n",
        replace: "",
      },
      {
        file: "main/store/sales/migrations/0001-first-tables.ts",
        find: `CREATE UNIQUE INDEX one_unfinished_attempt ON`,
        replace: `CREATE INDEX one_unfinished_attempt ON`,
      },
      {
        file: "main/store/sales/migrations/0020-carried.ts",
        find: `CREATE UNIQUE INDEX one_unfinished_attempt ON`,
        replace: `CREATE INDEX one_unfinished_attempt ON`,
      },
    ],
  },
  {
    name: "trusts-the-unsigned",
    mistake: "Believes an answer without a signature.",
    edits: [
      {
        file: "wechatpay/ask.ts",
        find: "  if (!trust.ok) {\n",
        replace: `  if (!trust.ok && trust.fault !== "unsigned") {\n`,
      },
    ],
  },
  {
    name: "any-amount-will-do",
    mistake: "Does not compare the amount the gateway names with the one it asked for.",
    edits: [
      {
        file: "wechatpay/transaction.ts",
        find: `amount.total === amountFen && payerTotal <= amount.total`,
        replace: `payerTotal <= amount.total`,
      },
    ],
  },
  {
    name: "accepted-reverse-is-reversed",
    mistake: "Takes the acceptance of a reverse for its confirmation.",
    edits: [
      {
        file: cells,
        find: `    const undoAcceptedAtMs = answer.kind === "accepted" ? nowMs : attempt.undoAcceptedAtMs;`,
        replace: `    if (answer.kind === "accepted") return settleReversed(attempt, false);
    const undoAcceptedAtMs = answer.kind === "refused" ? attempt.undoAcceptedAtMs : nowMs;`,
      },
    ],
  },
  {
    name: "not-found-is-not-paid",
    mistake: "Takes an order the gateway does not know yet for one that was never paid.",
    edits: [
      {
        file: cells,
        find: `    case "not-paid":
    case "not-found":
      return stillPending(attempt, {}, nowMs, timing);`,
        replace: `    case "not-found":
      return settleFailed(attempt, null);
    case "not-paid":
      return stillPending(attempt, {}, nowMs, timing);`,
      },
    ],
  },
  {
    name: "not-found-is-confirmed-at-once",
    mistake: "Takes not found after an accepted reverse as proof while the payment may still be on its way.",
    edits: [
      {
        file: cells,
        find: `return attempt.undoAcceptedAtMs >= payHasLandedAtMs && nowMs >= payHasLandedAtMs;`,
        replace: `return nowMs >= 0 && payHasLandedAtMs >= 0;`,
      },
      { file: cells, find: `  if (attempt.undoTries < triesThatOutliveThePay) return false;\n`, replace: "" },
    ],
  },
  {
    name: "paid-beats-the-reverse",
    mistake: "Counts a payment that shows up while its reverse is already on its way.",
    edits: [
      {
        file: cells,
        find: `return attempt.undoTries === 0 && mayStillCount ? settlePaid`,
        replace: `return mayStillCount ? settlePaid`,
      },
    ],
  },
  {
    name: "forgets-at-restart",
    mistake: "Does not take up what the last process left unfinished.",
    edits: [{ file: "main/till/starting.ts", find: `  till.deps.attempts?.resumeAll();\n`, replace: "" }],
  },
  {
    name: "sends-before-the-commit",
    mistake: "Lets the request leave before the disk knows that it may have left.",
    edits: [
      {
        file: stepRunner,
        find: `      else if (state !== before) store(state);`,
        replace: `      else {
        for (const effect of effects) if (effect.kind === "send-pay") this.#perform(effect);
        if (state !== before) store(state);
      }`,
      },
    ],
  },
  {
    name: "takes-a-refused-commit-for-done",
    mistake: "Goes on as if the disk had taken the end of an attempt.",
    edits: [
      {
        file: stepRunner,
        find: `      this.#tryAgainLater(event, cause);
      return false;`,
        replace: `      if (!isEnd) {
        this.#tryAgainLater(event, cause);
        return false;
      }`,
      },
    ],
  },
];

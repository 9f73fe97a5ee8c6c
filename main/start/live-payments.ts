import { join } from "node:path";
import type { WechatPayConfig } from "#contract/config/terminal.ts";
import type { KeySlot, MerchantOff } from "#contract/ipc/setup-view.ts";
import { defaultAttemptTiming } from "#core/tender/attempt.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { keylessGateway } from "#main/payments/keyless-gateway.ts";
import { createCertificateFile } from "#main/payments/wechat/certificate-file.ts";
import type { GatewaySetupFault, WechatGateway } from "#main/payments/wechat/create-wechat-gateway.ts";
import type { KeptKeys, KeySet } from "#main/secret/kept-keys.ts";
import type { AttemptDriver } from "#main/till/attempts/attempt-driver.ts";
import type { Reconciler } from "#main/till/reconciliation/reconciler.ts";
import type { RefundDriver } from "#main/till/refunds/refund-driver.ts";
import { driveAttempts, makeGateway, type OpenPayments, openPayments, type PaymentParts } from "./open-payments.ts";
import { forgetOtherKeys, readKeys } from "./read-keys.ts";
import { gatewayFaultWords } from "./start-fault-words.ts";
import { StartRefused } from "./start-refused.ts";

/** A merchant whose client was made and may take over; nothing was sent or changed by making it. */
export interface ReadyMerchant {
  readonly wechatPay: WechatPayConfig;
  readonly keys: KeySet;
  readonly gateway: WechatGateway;
}

/** The payments of the till: they may be taken over by another merchant, or by the same with other keys, while it sells. */
export interface LivePayments {
  /** Null where the till takes no WeChat Pay and no attempt is left over. */
  attempts(): AttemptDriver | null;
  refunds(): RefundDriver | null;
  /** Null where nobody's bills can be had. */
  reconciler(): Reconciler | null;
  /** The merchant at work; null while payments are off. */
  merchant(): ReadyMerchant | null;
  /** terminal.json's section, whether its keys can be used or not. */
  configured(): WechatPayConfig | null;
  off(): MerchantOff | null;
  /** Nothing new may begin: the keys cannot be used, or attempts are left over from a merchant that is gone from terminal.json. */
  isBroken(): boolean;
  lastAnswerAtMs(): number | null;
  /** At the start; throws `StartRefused` for key files that are wrong. */
  open(): Promise<void>;
  /** Makes the client of a merchant without using it. */
  ready(wechatPay: WechatPayConfig, keys: KeySet): Result<ReadyMerchant, GatewaySetupFault>;
  /** The same to try it out: it keeps nothing and what it hears moves nothing on the screen. */
  trial(wechatPay: WechatPayConfig, keys: KeySet): Result<WechatGateway, GatewaySetupFault>;
  /** Before another gateway is written down: forgets the certificates of this one. Throws when the disk refuses. */
  makeRoomFor(wechatPay: WechatPayConfig): void;
  /** Reads the configured merchant's kept keys again and, if they can be used now, goes on with them. */
  reopen(): Promise<void>;
  /** In one turn: the old drivers stop, the new ones are there. What is unfinished is on disk and taken up by the till. */
  takeOver(merchant: ReadyMerchant): void;
  stop(): void;
}

export function createLivePayments(parts: PaymentParts & { readonly keptKeys: KeptKeys }): LivePayments {
  const { clock, till } = parts;
  const shelf = createCertificateFile(join(parts.dataDir, "platform-certificates.pem"));
  let configured: WechatPayConfig | null = parts.config.wechatPay ?? null;
  let merchant: ReadyMerchant | null = null;
  let off: MerchantOff | null = null;
  let lastAnswerAtMs: number | null = null;
  let open: { attempts: AttemptDriver; money: OpenPayments | null; stop(): void } | null = null;

  const ready: LivePayments["ready"] = (wechatPay, keys) => {
    // A client that no longer counts may still hear answers: they are nobody's then.
    const isAtWork = (): boolean => merchant !== null && merchant.gateway === (made.ok ? made.value : null);
    const events = {
      onReachability: (state: "online" | "offline") => void (isAtWork() && till()?.gatewayReached(state)),
      onClockOffset(offsetMs: number) {
        if (!isAtWork()) return;
        lastAnswerAtMs = clock.now();
        till()?.clockMeasured(offsetMs);
      },
    };
    // What another gateway signed with is not even read.
    const read = isSameGateway(configured, wechatPay) ? shelf.read : () => null;
    const write = (pems: string): void => void (isAtWork() && shelf.write(pems));
    const made = makeGateway(parts, wechatPay, keys, events, { read, write });
    return made.ok ? ok({ wechatPay, keys, gateway: made.value }) : made;
  };
  const takeOver = (next: ReadyMerchant): void => {
    open?.stop();
    [merchant, configured, off, lastAnswerAtMs] = [next, next.wechatPay, null, null];
    const money = openPayments(parts, next.wechatPay, next.gateway);
    open = { attempts: money.attempts, money, stop: () => money.stop() };
    till()?.merchantChanged();
  };
  /** Payments of before stay in doubt, and tie their sales, until the keys are there again. */
  const goOn = (why: MerchantOff | null): void => {
    off = why;
    if (parts.store.unfinishedAttempts().length === 0) return;
    const attempts = driveAttempts(parts, keylessGateway(), configured?.timing ?? defaultAttemptTiming);
    open = { attempts, money: null, stop: () => attempts.stop() };
  };
  return {
    attempts: () => open?.attempts ?? null,
    refunds: () => open?.money?.refunds ?? null,
    reconciler: () => open?.money?.reconciler ?? null,
    merchant: () => merchant,
    configured: () => configured,
    off: () => off,
    isBroken: () => merchant === null && (off !== null || open !== null),
    lastAnswerAtMs: () => lastAnswerAtMs,
    async open() {
      if (configured === null) return goOn(null);
      const made = await readMerchant(configured, parts, ready);
      if (made.ok) {
        if (configured.keptKeys !== "") forgetOtherKeys(parts.keptKeys, configured.keptKeys, parts.log);
        return takeOver(made.value);
      }
      parts.log.error("WeChat Pay is off: its keys cannot be used", { why: made.fault });
      goOn(made.fault);
    },
    ready,
    trial: (wechatPay, keys) => makeGateway(parts, wechatPay, keys, silent, undefined),
    makeRoomFor(wechatPay) {
      if (!isSameGateway(configured, wechatPay) && shelf.read() !== null) shelf.write("");
    },
    async reopen() {
      if (merchant !== null || configured === null) return;
      const made = await readMerchant(configured, parts, ready);
      if (!made.ok) off = made.fault;
      else takeOver(made.value);
    },
    takeOver,
    stop: () => open?.stop(),
  };
}

/**
 * The configured merchant with its keys, or why they cannot be used. Files that are wrong stop the start, as they did when
 * somebody named them; kept keys do not.
 */
async function readMerchant(
  wechatPay: WechatPayConfig,
  { keptKeys }: { readonly keptKeys: KeptKeys },
  ready: LivePayments["ready"],
): Promise<Result<ReadyMerchant, MerchantOff>> {
  const keys = await readKeys(wechatPay, keptKeys);
  if (!keys.ok) return fail({ kind: keys.fault });
  const made = ready(wechatPay, keys.value);
  if (made.ok) return made;
  if (wechatPay.keptKeys === "") throw new StartRefused(gatewayFaultWords(wechatPay, made.fault));
  return fail(offFor(made.fault));
}

/** Certificates of one gateway say nothing about another: a trial on a simulator must not be believed afterwards. */
function isSameGateway(one: WechatPayConfig | null, other: WechatPayConfig): boolean {
  return (
    one !== null &&
    one.mchid === other.mchid &&
    one.baseUrl === other.baseUrl &&
    one.backupBaseUrl === other.backupBaseUrl
  );
}

const silent = { onReachability: () => {}, onClockOffset: () => {} };

/** What is wrong with a key that was kept, in the words of the set-up page. */
function offFor(fault: GatewaySetupFault): MerchantOff {
  if (fault.kind === "base-url") return { kind: "address-wrong" };
  const slots: Readonly<Record<typeof fault.key, KeySlot>> = {
    privateKeyFile: "private-key",
    publicKeyFile: "public-key",
    certificateFile: "certificate",
    apiV3KeyFile: "api-v3-key",
    v2KeyFile: "v2-key",
  };
  const slot = slots[fault.key];
  switch (fault.problem) {
    case "not-a-private-key":
    case "not-a-public-key":
    case "not-a-certificate":
      return { kind: "key-wrong", slot, problem: "damaged" };
    case "not-rsa-2048":
      return { kind: "key-wrong", slot, problem: "not-2048-bits" };
    case "wrong-length":
      return { kind: "key-wrong", slot, problem: slot === "v2-key" ? "not-32-characters" : "not-32-bytes" };
    default:
      return { kind: "key-wrong", slot, problem: fault.problem };
  }
}

import { basename } from "node:path";
import { wechatPaySchema } from "#contract/config/terminal.ts";
import type { KeySlot, MerchantNow, SetupView, TextSlot } from "#contract/ipc/setup-view.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Log } from "#main/log/open-log.ts";
import type { WechatGateway } from "#main/payments/wechat/create-wechat-gateway.ts";
import type { KeptKeys } from "#main/secret/kept-keys.ts";
import type { LivePayments } from "#main/start/live-payments.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { MerchantSetup, SetupFault } from "#main/till/ports/merchant-setup.ts";
import { beginDraft, type Draft, draftView, keySetOf, sectionOf } from "./draft.ts";
import { type GivenKey, judgeKeys } from "./judge-keys.ts";
import { keepMerchant } from "./keep-merchant.ts";
import { readKeyFile, readTextKey } from "./read-key-file.ts";

/** A file a person has chosen. Bytes are null when it could not be read. */
export interface ChosenFile {
  readonly path: string;
  readonly bytes: Uint8Array | null;
}

export interface MerchantSetupParts {
  readonly dataDir: string;
  readonly shop: SetupView["shop"];
  readonly payments: LivePayments;
  readonly keptKeys: KeptKeys;
  readonly chooseFile: (slot: KeySlot) => Promise<ChosenFile | null>;
  /** Answers at once or later, by the version of Electron. */
  readonly clipboard: { read(): string | Promise<string>; clear(): void | Promise<void> };
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
}

/**
 * Sets WeChat Pay up: what is entered is collected and judged here, tried on a client of its own, then kept. Keys come in
 * by files, the clipboard or once as a typed text, and nothing of them goes out again.
 */
export function createMerchantSetup(parts: MerchantSetupParts): MerchantSetup {
  const { payments, clipboard, clock } = parts;
  let draft: Draft | null = null;

  /** Puts a key into its slot, in place of the one before. */
  const put = (slot: KeySlot, given: GivenKey): Result<null, SetupFault> => {
    if (draft === null) return fail("setup-not-begun");
    draft = { ...draft, keys: { ...draft.keys, [slot]: given } };
    return ok(null);
  };
  const putText = (slot: TextSlot, by: "clipboard" | "typed", text: string): Result<null, SetupFault> => {
    const read = readTextKey(slot, text);
    const isNothing = by === "clipboard" && text.trim() === "";
    const problem = isNothing ? "clipboard-empty" : read.ok ? null : read.fault;
    return put(slot, { by, name: "", text: read.ok ? read.value : "", problem });
  };
  const complete = (): Result<{ readonly draft: Draft; readonly serial: string }, SetupFault> => {
    if (draft === null) return fail("setup-not-begun");
    const { isComplete, certificate } = draftView(draft, clock.now());
    return isComplete && certificate !== null ? ok({ draft, serial: certificate.serial }) : fail("setup-incomplete");
  };

  return {
    view: () => ({
      now: merchantNow(payments, clock.now()),
      off: payments.off(),
      shop: parts.shop,
      guard: parts.keptKeys.guard,
      draft: draft === null ? null : draftView(draft, clock.now()),
    }),
    begin() {
      draft ??= beginDraft(payments.configured(), payments.merchant()?.keys ?? null);
    },
    discard() {
      draft = null;
    },
    setFields(step, fields) {
      if (draft === null) return fail("setup-not-begun");
      draft = { ...draft, step, fields: { ...draft.fields, ...fields } };
      return ok(null);
    },
    async chooseFile(slot) {
      if (draft === null) return fail("setup-not-begun");
      const file = await parts.chooseFile(slot);
      return file === null ? ok(null) : put(slot, givenByFile(slot, file));
    },
    async takeFromClipboard(slot) {
      if (draft === null) return fail("setup-not-begun");
      const text = await clipboard.read();
      // Whatever it was: a key must not wait there for the next program that pastes.
      await clipboard.clear();
      return putText(slot, "clipboard", text);
    },
    typeKey: (slot, text) => putText(slot, "typed", text),
    async test(of, onStage) {
      const gateway = of === "now" ? presentGateway(payments) : trialGateway(payments, complete());
      if (!gateway.ok) return gateway;
      const { certificates } = gateway.value;
      if (certificates !== null) {
        onStage("certificates");
        // Whatever keeps them from being fetched is found by the test itself.
        await certificates.refresh();
      }
      return ok(await gateway.value.testConnection(onStage));
    },
    async save(mayChange) {
      if (parts.shop === "demo") return fail("setup-demo-store");
      const made = complete();
      if (!made.ok) return made;
      const section = (id: string) => sectionOf(made.value.draft, made.value.serial, id, payments.configured());
      const kept = await keepMerchant(parts, section, keySetOf(made.value.draft), mayChange);
      if (kept.ok && kept.value === "saved") draft = null;
      return kept;
    },
    async importFiles() {
      if (parts.shop === "demo") return fail("setup-demo-store");
      const merchant = payments.merchant();
      if (merchant === null || merchant.wechatPay.keptKeys !== "") return fail("setup-nothing-to-import");
      const begun = beginDraft(merchant.wechatPay, merchant.keys);
      const section = (id: string) => sectionOf(begun, merchant.wechatPay.certSerial, id, merchant.wechatPay);
      const kept = await keepMerchant(parts, section, merchant.keys, () => true);
      return kept.ok ? ok(null) : kept;
    },
    reopen: () => payments.reopen(),
  };
}

function givenByFile(slot: KeySlot, { path, bytes }: ChosenFile): GivenKey {
  const name = basename(path).slice(0, 80);
  if (bytes === null) return { by: "file", name, text: "", problem: "unreadable" };
  const read = readKeyFile(slot, bytes);
  return { by: "file", name, text: read.ok ? read.value : "", problem: read.ok ? null : read.fault };
}

function presentGateway(payments: LivePayments): Result<WechatGateway, SetupFault> {
  const merchant = payments.merchant();
  return merchant === null ? fail("setup-incomplete") : ok(merchant.gateway);
}

function trialGateway(
  payments: LivePayments,
  made: Result<{ readonly draft: Draft; readonly serial: string }, SetupFault>,
): Result<WechatGateway, SetupFault> {
  if (!made.ok) return made;
  const { draft, serial } = made.value;
  // The trial needs a name for its keys as the schema wants one; nothing is kept under it.
  const section = wechatPaySchema.safeParse(sectionOf(draft, serial, "only-for-a-trial", payments.configured()));
  if (!section.success) return fail("setup-incomplete");
  const gateway = payments.trial(section.data, keySetOf(draft));
  return gateway.ok ? gateway : fail("setup-incomplete");
}

function merchantNow(payments: LivePayments, nowMs: number): MerchantNow | null {
  const configured = payments.configured();
  if (configured === null) return null;
  const merchant = payments.merchant();
  return {
    mchid: configured.mchid,
    appid: configured.appid,
    subMchid: configured.partner?.subMchid ?? null,
    certSerial: configured.certSerial,
    certificateEndsAtMs: merchant?.gateway.certificateEndsAtMs ?? null,
    answersSignedBy: configured.answersSignedBy,
    publicKeyId: configured.publicKeyId,
    codepayProtocol: configured.codepayProtocol,
    baseUrl: configured.baseUrl,
    keys: configured.keptKeys === "" ? "files" : "kept",
    fingerprint: merchant === null ? null : fingerprintOf(merchant, nowMs),
    lastAnswerAtMs: payments.lastAnswerAtMs(),
  };
}

function fingerprintOf(merchant: NonNullable<ReturnType<LivePayments["merchant"]>>, nowMs: number): string | null {
  const { keys, fields } = beginDraft(merchant.wechatPay, merchant.keys);
  return judgeKeys(keys, fields, nowMs).views.find(({ slot }) => slot === "private-key")?.fingerprint ?? null;
}

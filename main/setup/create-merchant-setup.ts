import { wechatPaySchema } from "#contract/config/terminal.ts";
import type { MerchantNow, SetupView } from "#contract/ipc/setup-view.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Log } from "#main/log/open-log.ts";
import type { WechatGateway } from "#main/payments/wechat/create-wechat-gateway.ts";
import type { KeptKeys } from "#main/secret/kept-keys.ts";
import type { LivePayments } from "#main/start/live-payments.ts";
import type { MerchantSetup, SetupFault } from "#main/till/ports/merchant-setup.ts";
import { beginDraft, keySetOf, sectionOf } from "./draft.ts";
import { type CompleteDraft, createDraftDesk, type DraftDeskParts } from "./draft-desk.ts";
import { judgeKeys } from "./judge-keys.ts";
import { keepMerchant } from "./keep-merchant.ts";

export interface MerchantSetupParts extends DraftDeskParts {
  readonly dataDir: string;
  readonly shop: SetupView["shop"];
  readonly payments: LivePayments;
  readonly keptKeys: KeptKeys;
  readonly newId: () => string;
  readonly log: Log;
}

/**
 * Sets WeChat Pay up: what is entered is collected and judged here, tried on a client of its own, then kept. Keys come in
 * by files, the clipboard or once as a typed text, and nothing of them goes out again.
 */
export function createMerchantSetup(parts: MerchantSetupParts): MerchantSetup {
  const { payments, clock } = parts;
  const desk = createDraftDesk(parts);
  let lastTurn: Promise<unknown> = Promise.resolve();
  /** One merchant after the other: each forgets every set of keys but its own. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = lastTurn.then(work);
    lastTurn = turn.catch(() => null);
    return turn;
  };

  return {
    view: () => ({
      now: merchantNow(payments, clock.now()),
      off: payments.off(),
      shop: parts.shop,
      guard: parts.keptKeys.guard,
      draft: desk.view(),
    }),
    begin: () => desk.begin(() => beginDraft(payments.configured(), payments.merchant()?.keys ?? null)),
    discard: desk.discard,
    setFields: desk.setFields,
    chooseFile: desk.chooseFile,
    takeFromClipboard: desk.takeFromClipboard,
    typeKey: desk.typeKey,
    async test(of, onStage) {
      const gateway = of === "now" ? presentGateway(payments) : trialGateway(payments, desk.complete());
      if (!gateway.ok) return gateway;
      const { certificates } = gateway.value;
      if (certificates !== null) {
        onStage("certificates");
        // Whatever keeps them from being fetched is found by the test itself.
        await certificates.refresh();
      }
      return ok(await gateway.value.testConnection(onStage));
    },
    save: (mayChange) =>
      inTurn(async () => {
        if (parts.shop === "demo") return fail("setup-demo-store");
        const complete = desk.complete();
        if (!complete.ok) return complete;
        const { draft, serial } = complete.value;
        const section = (id: string) => sectionOf(draft, serial, id, payments.configured());
        const kept = await keepMerchant(parts, section, keySetOf(draft), mayChange);
        if (kept.ok && kept.value === "saved") desk.discard();
        return kept;
      }),
    importFiles: () =>
      inTurn(async () => {
        if (parts.shop === "demo") return fail("setup-demo-store");
        const merchant = payments.merchant();
        if (merchant === null || merchant.wechatPay.keptKeys !== "") return fail("setup-nothing-to-import");
        const begun = beginDraft(merchant.wechatPay, merchant.keys);
        const section = (id: string) => sectionOf(begun, merchant.wechatPay.certSerial, id, merchant.wechatPay);
        const kept = await keepMerchant(parts, section, merchant.keys, () => true);
        return kept.ok ? ok(null) : kept;
      }),
    reopen: () => inTurn(() => payments.reopen()),
  };
}

function presentGateway(payments: LivePayments): Result<WechatGateway, SetupFault> {
  const merchant = payments.merchant();
  return merchant === null ? fail("setup-incomplete") : ok(merchant.gateway);
}

function trialGateway(
  payments: LivePayments,
  made: Result<CompleteDraft, SetupFault>,
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

import type { WechatPayConfig } from "#contract/config/terminal.ts";
import type { DraftView, KeySlot, SetupStep } from "#contract/ipc/setup-view.ts";
import {
  emptyMerchantFields,
  fieldProblem,
  type MerchantFields,
  tidyField,
  typedFields,
} from "#core/merchant/merchant-fields.ts";
import type { KeySet } from "#main/secret/kept-keys.ts";
import type { MerchantSection } from "#main/settings/rewrite-section.ts";
import { type GivenKey, type GivenKeys, judgeKeys } from "./judge-keys.ts";

/** What is being entered. It lives in main, so that a window may come and go; its keys never leave main. */
export interface Draft {
  readonly step: SetupStep;
  readonly fields: MerchantFields;
  readonly keys: GivenKeys;
}

const noKeys: GivenKeys = {
  ...{ "private-key": null, certificate: null, "public-key": null },
  ...{ "api-v3-key": null, "v2-key": null },
};

/** Begins with what the till is set up with, so that whoever renews one key enters one key. */
export function beginDraft(configured: WechatPayConfig | null, keys: KeySet | null): Draft {
  const fields = configured === null ? emptyMerchantFields : fieldsOf(configured, keys);
  return { step: "merchant", fields, keys: keys === null ? noKeys : givenBefore(keys) };
}

export function draftView(draft: Draft, nowMs: number): DraftView {
  const { views, certificate } = judgeKeys(draft.keys, draft.fields, nowMs);
  const fieldProblems = Object.fromEntries(
    typedFields.flatMap((field) => {
      const problem = fieldProblem(field, draft.fields);
      return problem === null ? [] : [[field, problem] as const];
    }),
  );
  const isComplete =
    Object.keys(fieldProblems).length === 0 && views.every(({ problem, isNeeded }) => problem === null || !isNeeded);
  return { step: draft.step, fields: draft.fields, fieldProblems, keys: views, certificate, isComplete };
}

/** The texts of all keys that may be used; the key of v2 also where v3 is chosen, for attempts that began over v2. */
export function keySetOf({ keys }: Draft): KeySet {
  const text = (slot: KeySlot): string => usable(keys[slot])?.text ?? "";
  return {
    privateKeyPem: text("private-key"),
    certificatePem: text("certificate"),
    publicKeyPem: text("public-key"),
    apiV3Key: text("api-v3-key"),
    v2Key: text("v2-key"),
  };
}

function usable(given: GivenKey | null): GivenKey | null {
  return given !== null && given.problem === null ? given : null;
}

/** terminal.json's section for a draft whose fields are good: no secret and no path of one. */
export function sectionOf(
  draft: Draft,
  serial: string,
  keptKeys: string,
  before: WechatPayConfig | null,
): MerchantSection {
  const { fields } = draft;
  const text = Object.fromEntries(typedFields.map((field) => [field, tidyField(field, fields[field])]));
  const filled = (field: keyof typeof text): string | undefined => (text[field] === "" ? undefined : text[field]);
  const baseUrl = (filled("baseUrl") ?? "").replace(/\/$/u, "");
  const hasPublicKey = fields.answersSignedBy !== "certificates";
  const { subMchid, subAppid } = { subMchid: filled("subMchid"), subAppid: filled("subAppid") };
  const isSameGateway = before !== null && before.baseUrl === baseUrl;
  return {
    baseUrl,
    ...(isSameGateway && before.backupBaseUrl !== undefined ? { backupBaseUrl: before.backupBaseUrl } : {}),
    mchid: text["mchid"] ?? "",
    appid: text["appid"] ?? "",
    ...(subMchid === undefined ? {} : { partner: { subMchid, ...(subAppid === undefined ? {} : { subAppid }) } }),
    certSerial: filled("certSerial") ?? serial,
    keptKeys,
    answersSignedBy: fields.answersSignedBy,
    ...(hasPublicKey ? { publicKeyId: text["publicKeyId"] ?? "" } : {}),
    codepayProtocol: fields.codepayProtocol,
    v2SignType: fields.v2SignType,
    storeInfo: storeInfoOf(filled("storeId"), filled("storeOutId")),
    notifyUrl: text["notifyUrl"] ?? "",
    ...(before === null ? {} : { timing: before.timing }),
  };
}

/** The id that WeChat gave goes first; a shop's own code serves where there is none. */
function storeInfoOf(id: string | undefined, outId: string | undefined): MerchantSection["storeInfo"] {
  return { ...(id === undefined ? {} : { id }), ...(outId === undefined ? {} : { outId }) };
}

function fieldsOf(configured: WechatPayConfig, keys: KeySet | null): MerchantFields {
  const { partner, storeInfo } = configured;
  return {
    mchid: configured.mchid,
    appid: configured.appid,
    // A certificate says its own serial, and a new one will say another.
    certSerial: (keys?.certificatePem ?? "") === "" ? configured.certSerial : "",
    subMchid: partner?.subMchid ?? "",
    subAppid: partner?.subAppid ?? "",
    storeId: storeInfo.id ?? "",
    storeOutId: storeInfo.outId ?? "",
    notifyUrl: configured.notifyUrl,
    answersSignedBy: configured.answersSignedBy,
    publicKeyId: configured.publicKeyId,
    codepayProtocol: configured.codepayProtocol,
    v2SignType: configured.v2SignType,
    baseUrl: configured.baseUrl,
  };
}

function givenBefore(keys: KeySet): GivenKeys {
  const given = (text: string): GivenKey | null => (text === "" ? null : { by: "kept", name: "", text, problem: null });
  return {
    "private-key": given(keys.privateKeyPem),
    certificate: given(keys.certificatePem),
    "public-key": given(keys.publicKeyPem),
    "api-v3-key": given(keys.apiV3Key),
    "v2-key": given(keys.v2Key),
  };
}

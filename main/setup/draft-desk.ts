import { basename } from "node:path";
import type { DraftView, KeySlot, SetupStep, TextSlot } from "#contract/ipc/setup-view.ts";
import type { MerchantFields } from "#core/merchant/merchant-fields.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { SetupFault } from "#main/till/ports/merchant-setup.ts";
import { type Draft, draftView } from "./draft.ts";
import type { GivenKey } from "./judge-keys.ts";
import { readKeyFile, readTextKey } from "./read-key-file.ts";

/** A file a person has chosen. Bytes are null when it could not be read. */
export interface ChosenFile {
  readonly path: string;
  readonly bytes: Uint8Array | null;
}

export interface DraftDeskParts {
  readonly chooseFile: (slot: KeySlot) => Promise<ChosenFile | null>;
  /** Answers at once or later, by the version of Electron. */
  readonly clipboard: { read(): string | Promise<string>; clear(): void | Promise<void> };
  readonly clock: Clock;
}

/** A draft that may be tried and saved, and the serial its certificate says. */
export interface CompleteDraft {
  readonly draft: Draft;
  readonly serial: string;
}

/** Where what a manager enters is collected. A wrong entry replaces nothing but itself. */
export function createDraftDesk(parts: DraftDeskParts) {
  const { clipboard, clock } = parts;
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

  return {
    view: (): DraftView | null => (draft === null ? null : draftView(draft, clock.now())),
    /** Goes on with what was begun, if anything was. */
    begin(from: () => Draft): void {
      draft ??= from();
    },
    discard(): void {
      draft = null;
    },
    setFields(step: SetupStep, fields: Partial<MerchantFields>): Result<null, SetupFault> {
      if (draft === null) return fail("setup-not-begun");
      draft = { ...draft, step, fields: { ...draft.fields, ...fields } };
      return ok(null);
    },
    async chooseFile(slot: KeySlot): Promise<Result<null, SetupFault>> {
      if (draft === null) return fail("setup-not-begun");
      const file = await parts.chooseFile(slot);
      return file === null ? ok(null) : put(slot, givenByFile(slot, file));
    },
    async takeFromClipboard(slot: TextSlot): Promise<Result<null, SetupFault>> {
      if (draft === null) return fail("setup-not-begun");
      const text = await clipboard.read();
      // Whatever it was: a key must not wait there for the next program that pastes.
      await clipboard.clear();
      return putText(slot, "clipboard", text);
    },
    typeKey: (slot: TextSlot, text: string) => putText(slot, "typed", text),
    complete(): Result<CompleteDraft, SetupFault> {
      if (draft === null) return fail("setup-not-begun");
      const { isComplete, certificate } = draftView(draft, clock.now());
      return isComplete && certificate !== null ? ok({ draft, serial: certificate.serial }) : fail("setup-incomplete");
    },
  };
}

function givenByFile(slot: KeySlot, { path, bytes }: ChosenFile): GivenKey {
  const name = basename(path).slice(0, 80);
  if (bytes === null) return { by: "file", name, text: "", problem: "unreadable" };
  const read = readKeyFile(slot, bytes);
  return { by: "file", name, text: read.ok ? read.value : "", problem: read.ok ? null : read.fault };
}

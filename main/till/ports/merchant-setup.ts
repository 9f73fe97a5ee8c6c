import type {
  ConnectionStage,
  ConnectionVerdict,
  KeySlot,
  SetupStep,
  SetupView,
  TestedSetup,
  TextSlot,
} from "#contract/ipc/setup-view.ts";
import type { MerchantFields } from "#core/merchant/merchant-fields.ts";
import type { Result } from "#core/result.ts";

export type SetupFault =
  /** Nothing is being entered. */
  | "setup-not-begun"
  /** Something is missing or wrong; the view says what. */
  | "setup-incomplete"
  /** There is no shop to save it for. */
  | "setup-demo-store"
  | "setup-nothing-to-import"
  /** The key store or the disk refused the keys, or did not give them back as they were. */
  | "setup-keys-not-kept"
  /** terminal.json cannot be rewritten, or was made unusable meanwhile. */
  | "setup-file-unwritable";

/** Setting WeChat Pay up, as the use cases see it: who may do it and when is theirs, what is in a key is not. */
export interface MerchantSetup {
  view(): SetupView;
  begin(): void;
  discard(): void;
  setFields(step: SetupStep, fields: Partial<MerchantFields>): Result<null, SetupFault>;
  /** Resolves when the person has chosen or changed their mind. */
  chooseFile(slot: KeySlot): Promise<Result<null, SetupFault>>;
  takeFromClipboard(slot: TextSlot): Promise<Result<null, SetupFault>>;
  typeKey(slot: TextSlot, text: string): Result<null, SetupFault>;
  /** Charges nobody and changes nothing. */
  test(of: TestedSetup, onStage: (stage: ConnectionStage) => void): Promise<Result<ConnectionVerdict, SetupFault>>;
  /**
   * Keeps the keys, writes terminal.json and goes over to the merchant. `mayChange` is asked in the very turn that
   * writes: true when no money under way speaks against another merchant. False answers leave everything as it was.
   */
  save(mayChange: (isAnother: boolean) => boolean): Promise<Result<"saved" | "bound", SetupFault>>;
  /** Keeps the keys of terminal.json's files and takes the files out of it; the merchant stays the same. */
  importFiles(): Promise<Result<null, SetupFault>>;
  /** Tries keys again that could not be used. */
  reopen(): Promise<void>;
}

import type { StartFault } from "#main/window/start-fault.ts";

/** The till cannot open, and a person can do something about it: the words say what. */
export class StartRefused extends Error {
  override readonly name = "StartRefused";
  readonly words: StartFault;

  constructor(words: StartFault) {
    super(words.titleEn);
    this.words = words;
  }
}

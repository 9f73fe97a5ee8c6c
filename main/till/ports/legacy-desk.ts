/** Who handed in a message. The name is a person's word for it, in the journal and on the screen. */
export interface LegacyPeer {
  readonly door: "https" | "serial" | "drop-folder";
  /** The pairing's name, the port's path or the folder's last name; at most 40 characters. */
  readonly name: string;
}

/** Where every transport of old tills hands in what it took off its line. */
export interface LegacyDesk {
  /**
   * One nexo message in, one out, both JSON text. Never rejects: what cannot be read or done is an answer too. A payment is
   * answered when it has its end, or after its limit with `InProgress`; whoever asked may be gone by then, and the payment
   * goes on without them. The same request again, over any door and after any restart, is the same payment and has its answer.
   *
   * @param requestText at most `mostNexoBytes` of UTF-8; more is rejected unread
   */
  answer(requestText: string, from: LegacyPeer): Promise<string>;
}

/** What a Toledo 8217 does about one byte from the till. */
export type ToledoWord =
  | { readonly kind: "weigh" }
  | { readonly kind: "echo-on" }
  | { readonly kind: "echo"; readonly byte: number }
  | { readonly kind: "echo-off" }
  | { readonly kind: "bad-command" };

/** Single-letter commands: `W` weighs; `E` begins an echo, which `F` ends. Anything else is a bad command. */
export class ToledoEar {
  #isEchoing = false;

  hear(byte: number): ToledoWord {
    const letter = String.fromCharCode(byte);
    if (this.#isEchoing) {
      if (letter !== "F") return { kind: "echo", byte };
      this.#isEchoing = false;
      return { kind: "echo-off" };
    }
    if (letter === "W") return { kind: "weigh" };
    if (letter !== "E") return { kind: "bad-command" };
    this.#isEchoing = true;
    return { kind: "echo-on" };
  }
}
